import FoundationEssentials
import Graphs
import Tensors
import Testing
import _TestSupport

/// One case of `Fixtures/operator-cases.json`: nodes, inputs, and what the ONNX project's references compute.
struct OperatorCase: Decodable, CustomTestStringConvertible {
  let name: String
  let opset: Int
  let relativeTolerance: Double
  let absoluteTolerance: Double
  let nodes: [NodeText]
  let inputs: [TensorText]
  let outputs: [TensorText]

  var testDescription: String { name }

  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static let all: [OperatorCase] = {
    guard let data = try? Data(contentsOf: fixtures.appendingPathComponent("operator-cases.json")) else { return [] }
    return (try? JSONDecoder().decode([OperatorCase].self, from: data)) ?? []
  }()

  /// The cases that are refused, with a part of the message.
  static let refused: [String: String] = {
    guard let data = try? Data(contentsOf: fixtures.appendingPathComponent("refused-cases.txt")) else { return [:] }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map { $0.split(separator: "\t") }
    return Dictionary(uniqueKeysWithValues: lines.map { (String($0[0]), String($0[1])) })
  }()

  struct NodeText: Decodable {
    let `operator`: String
    let inputs: [String]
    let outputs: [String]
    let attributes: [String: AttributeText]
  }

  struct AttributeText: Decodable {
    let integer: Int64?
    let float: Float?
    let string: String?
    let integers: [Int64]?
    let floats: [Float]?
    let tensor: TensorText?

    func value() throws -> AttributeValue? {
      try integer.map { .integer($0) } ?? float.map { .float($0) } ?? string.map { .string($0) }
        ?? integers.map { .integers($0) } ?? floats.map { .floats($0) } ?? tensor.map { .tensor(try $0.tensor()) }
    }
  }

  struct TensorText: Decodable {
    let name: String?
    let type: String
    let shape: [Int]
    let data: String

    func tensor() throws -> Tensor {
      let bytes = Data(base64Encoded: data) ?? Data()
      let type = ElementType(rawValue: type) ?? .bool
      return try LittleEndianTensor.tensor(type, Shape(shape), bytes)
    }
  }

  /// The graph of the case, with its inputs; what is a constant list of integers in practice is a constant here.
  func graph() throws -> (graph: Graph, inputs: [Tensor]) {
    var graph = Graph(name: name)
    var ids: [String: ValueID] = [:]
    var fed: [Tensor] = []
    for (index, input) in inputs.enumerated() {
      let (tensor, name) = (try input.tensor(), input.name ?? "")
      let isList = tensor.shape.rank <= 1 && (!tensor.elementType.isFloatingPoint || nodes[0].operator == "Resize")
      if isList && (index > 0 || ["ConstantOfShape"].contains(nodes[0].operator)) {
        ids[name] = graph.addConstant(name, tensor)
      } else {
        ids[name] = graph.addInput(name, ValueType(tensor.elementType, tensor.shape))
        fed.append(tensor)
      }
    }
    for (index, node) in nodes.enumerated() {
      let op = try OperatorCatalog.make(
        node.operator, node: "\(name)_\(index)", opset: opset,
        attributes: node.attributes.compactMapValues { try $0.value() })
      let outputs = graph.append(
        op, name: "\(name)_\(index)", inputs: node.inputs.map { ids[$0] }, outputNames: node.outputs)
      for (name, id) in zip(node.outputs, outputs) { ids[name] = id }
    }
    graph.outputs = outputs.compactMap { ids[$0.name ?? ""] }
    return (graph, fed)
  }
}
