import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct OpenVINOExporterTests {
  private static func reloaded(_ graph: Graph) throws -> Graph {
    let files = try OpenVINOExporter.export(graph, producer: ("Octet", "1.2"))
    return try IRFile.load(String(decoding: files.description, as: UTF8.self), files.weights).graph
  }

  /// Numbers that differ, around zero.
  private static func tensor(_ shape: [Int], seed: UInt64) throws -> Tensor {
    var generator = SeededGenerator(seed: seed)
    let shape = try Shape(shape)
    return try Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float.random(in: -2...2, using: &generator) })
  }

  /// An operator with what it needs besides its first input.
  struct Case: CustomTestStringConvertible {
    let name: String
    var input = [1, 4, 6, 5]
    var constants: [Tensor] = []
    var weights: [[Int]] = []
    var attributes: [String: AttributeValue] = [:]
    var testDescription: String { "\(name) \(input) \(attributes.keys.sorted())" }
  }

  private static func integers(_ numbers: [Int64]) -> Tensor { Tensor(vector: numbers) }
  private static func floats(_ numbers: [Float]) -> Tensor { Tensor(vector: numbers) }

  static let cases: [Case] = [
    Case(name: "Relu"), Case(name: "Sigmoid"), Case(name: "Tanh"), Case(name: "HardSwish"), Case(name: "Abs"),
    Case(name: "Neg"), Case(name: "Exp"), Case(name: "Identity"),
    Case(name: "Clip", constants: [Tensor(scalar: Float(-1)), Tensor(scalar: Float(1.5))]),
    Case(name: "Clip", constants: [Tensor(scalar: Float(0))]),
    Case(name: "Elu", attributes: ["alpha": .float(0.7)]), Case(name: "LeakyRelu", attributes: ["alpha": .float(0.1)]),
    Case(name: "HardSigmoid", attributes: ["alpha": .float(0.25), "beta": .float(0.4)]),
    Case(name: "PRelu", weights: [[4, 1, 1]]), Case(name: "PRelu", weights: [[6, 5]]),
    Case(name: "Add", weights: [[1, 4, 1, 1]]), Case(name: "Sub", weights: [[5]]),
    Case(name: "Mul", weights: [[6, 1]]),
    Case(name: "Div", weights: [[1, 4, 6, 5]]), Case(name: "Max", weights: [[5], [6, 1]]),
    Case(name: "Min", weights: [[5]]), Case(name: "Sum", weights: [[5], [6, 1], [4, 1, 1]]),
    Case(name: "Conv", weights: [[3, 4, 3, 3], [3]], attributes: ["pads": .integers([0, 1, 2, 1])]),
    Case(
      name: "Conv", weights: [[8, 2, 3, 2], [8]],
      attributes: ["group": .integer(2), "strides": .integers([2, 1]), "dilations": .integers([1, 2])]),
    Case(
      name: "Conv", weights: [[4, 1, 3, 3]], attributes: ["group": .integer(4), "auto_pad": .string("SAME_UPPER")]),
    Case(name: "Gemm", input: [3, 4], weights: [[5, 4], [5]], attributes: ["transB": .integer(1)]),
    Case(
      name: "Gemm", input: [4, 3], weights: [[4, 5], [3, 5]],
      attributes: ["transA": .integer(1), "alpha": .float(0.5), "beta": .float(2)]),
    Case(name: "MatMul", input: [2, 3, 4], weights: [[4, 5]]),
    Case(
      name: "MaxPool",
      attributes: ["kernel_shape": .integers([3, 2]), "strides": .integers([2, 2]), "ceil_mode": .integer(1)]),
    Case(
      name: "AveragePool",
      attributes: ["kernel_shape": .integers([3, 3]), "pads": .integers([1, 1, 1, 1]), "strides": .integers([2, 2])]),
    Case(
      name: "AveragePool",
      attributes: [
        "kernel_shape": .integers([3, 3]), "pads": .integers([1, 1, 1, 1]), "count_include_pad": .integer(1),
      ]),
    Case(name: "GlobalAveragePool"), Case(name: "GlobalMaxPool"),
    Case(name: "ReduceMean", constants: [integers([1, -1])], attributes: ["keepdims": .integer(0)]),
    Case(name: "Softmax", attributes: ["axis": .integer(1)]),
    Case(name: "LogSoftmax", attributes: ["axis": .integer(-2)]),
    Case(name: "LRN", attributes: ["size": .integer(3), "alpha": .float(0.02), "bias": .float(1.5)]),
    Case(name: "Reshape", constants: [integers([2, 10, -1])]), Case(name: "Reshape", constants: [integers([1, -1])]),
    Case(name: "Flatten", attributes: ["axis": .integer(2)]), Case(name: "Unsqueeze", constants: [integers([0, 3])]),
    Case(name: "Squeeze", input: [1, 4, 1, 5], constants: [integers([2])]),
    Case(name: "Transpose", attributes: ["perm": .integers([0, 2, 3, 1])]),
    Case(name: "Concat", weights: [[1, 2, 6, 5]], attributes: ["axis": .integer(1)]),
    Case(
      name: "Slice",
      constants: [integers([1, 4]), integers([3, -10]), integers([1, 3]), integers([1, -2])]),
    Case(name: "Gather", constants: [integers([2, 0, -1])], attributes: ["axis": .integer(1)]),
    Case(name: "Pad", constants: [integers([0, 1, 0, 2, 0, 0, 1, 0]), Tensor(scalar: Float(9))]),
    Case(name: "Pad", constants: [integers([0, 0, 1, 2, 0, 0, 1, 0])], attributes: ["mode": .string("reflect")]),
    Case(
      name: "Resize", constants: [floats([]), floats([1, 1, 2, 2])],
      attributes: ["mode": .string("linear")]),
    Case(
      name: "Resize", constants: [floats([]), floats([1, 1, 1.5, 0.7])],
      attributes: ["coordinate_transformation_mode": .string("asymmetric"), "nearest_mode": .string("floor")]),
    Case(name: "DepthToSpace", attributes: ["blocksize": .integer(2), "mode": .string("CRD")]),
    Case(name: "DepthToSpace", attributes: ["blocksize": .integer(2)]),
    Case(
      name: "ConvTranspose", weights: [[4, 3, 3, 3], [3]],
      attributes: [
        "strides": .integers([2, 2]), "pads": .integers([1, 0, 1, 1]), "output_padding": .integers([1, 0]),
      ]),
    Case(name: "Expand", input: [1, 4, 1, 5], constants: [integers([2, 1, 3, 1])]),
    Case(name: "BatchNormalization", weights: [[4], [4], [4]], attributes: ["epsilon": .float(0.01)]),
  ]

  @Test(arguments: cases) func `An operator comes back as it went`(_ testCase: Case) throws {
    var graph = Graph(name: "one & <only>")
    let x = graph.addInput("x, \"in\"", ValueType(.float32, try Shape(testCase.input)))
    var inputs: [ValueID?] = [x]
    for (index, shape) in testCase.weights.enumerated() {
      inputs.append(graph.addConstant("w\(index)", try Self.tensor(shape, seed: UInt64(index + 2))))
    }
    if testCase.name == "BatchNormalization" {
      inputs.append(graph.addConstant("variance", Tensor(vector: [0.5, 1, 2, 3] as [Float])))
    }
    for (index, tensor) in testCase.constants.enumerated() { inputs.append(graph.addConstant("c\(index)", tensor)) }
    let op = try OperatorCatalog.make(testCase.name, node: "op", opset: 18, attributes: testCase.attributes)
    graph.outputs = graph.append(op, name: "op", inputs: inputs, outputNames: ["y"])
    try graph.inferTypes()
    let again = try Self.reloaded(graph)
    #expect(again.name == graph.name && again.inputs.map { again[$0].name } == ["x, \"in\""])
    #expect(again.outputs.map { again.type(of: $0) } == graph.outputs.map { graph.type(of: $0) })
    let input = try Self.tensor(testCase.input, seed: 1)
    let (expected, found) = (try graph.evaluated([input])[0].floats, try again.evaluated([input])[0].floats)
    #expect(expected.count == found.count)
    #expect(zip(expected, found).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($0)) || ($0.isNaN && $1.isNaN) })
  }

  @Test func `The parts of a Split come back`() throws {
    var graph = Graph(name: "split")
    let x = graph.addInput("x", ValueType(.float32, try Shape([1, 5])))
    let extents = graph.addConstant("extents", Self.integers([2, 3]))
    let parts = graph.append(Split(axis: 1), name: "split", inputs: [x, extents], outputNames: ["a", "b"])
    graph.outputs = [parts[1], parts[0]]
    try graph.inferTypes()
    let again = try Self.reloaded(graph)
    #expect(again.outputs.map { again[$0].name } == ["b", "a"])
    let results = try again.evaluated([Tensor(shape: try Shape([1, 5]), [1, 2, 3, 4, 5] as [Float])])
    #expect(results.map(\.floats) == [[3, 4, 5], [1, 2]])
  }

  @Test func `A quantized network comes back with its integers`() throws {
    let graph = try IRFile.quantizedConvolution.load().graph
    let again = try Self.reloaded(graph)
    #expect(again.operatorNames.sorted() == graph.operatorNames.sorted())
    let integers = again.nodes.first { $0.op is DequantizeLinear && again.constant($0.inputs[0]) != nil }
    #expect(integers.flatMap { again.constant($0.inputs[0]) }?.elements == .int8([2, -3]))
    let input: [Float] = [0.126, 3, -2, 0.5]
    // Bounds are floats, so a scale may come back one unit in the last place away.
    let (expected, found) = (try graph.floats(for: input), try again.floats(for: input))
    #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
  }

  @Test func `Grouped weights keep their scales`() throws {
    var graph = Graph(name: "grouped")
    let x = graph.addInput("x", ValueType(.float32, try Shape([1, 4, 1, 1])))
    let integers = graph.addConstant(
      "w", try Tensor(shape: try Shape([4, 2, 1, 1]), [1, 2, 3, 4, 5, 6, 7, 8] as [Int8]))
    let scales = graph.addConstant("s", Tensor(vector: [1, 0.5, 0.25, 2] as [Float]))
    let weights = graph.append(DequantizeLinear(axis: 0), name: "dq", inputs: [integers, scales])
    let conv = Conv(window: SpatialWindow(kernel: [1, 1]), group: 2)
    graph.outputs = graph.append(conv, name: "conv", inputs: [x] + weights)
    try graph.inferTypes()
    let again = try Self.reloaded(graph)
    #expect(again.operatorNames.sorted() == ["Conv", "DequantizeLinear"])
    // Rows of weights: 1 2, 1.5 2, 1.25 1.5, 14 16.
    #expect(try again.floats(for: [1, 10, 100, 1000]) == [21, 21.5, 1625, 17400])
  }

  @Test func `What IR has no layer for is an error that names the node`() throws {
    var graph = Graph(name: "constant")
    let shape = graph.addInput("shape", ValueType(.int64, try Shape([1])))
    let op = try OperatorCatalog.make("ConstantOfShape", node: "fill", opset: 18, attributes: [:])
    let output = graph.addValue("y", type: ValueType(.float32, try Shape([3])))
    graph.nodes.append(Node(name: "fill", op: op, inputs: [shape], outputs: [output]))
    graph.outputs = [output]
    let error = #expect(throws: ModelFormatError.self) { try OpenVINOExporter.export(graph) }
    #expect(error?.code == .cannotExport && error?.context == "fill")
  }
}
