public import FoundationEssentials
import GraphArchives
public import Graphs
import SwiftProtobuf
import Tensors

/// Writes graphs as ONNX models.
public enum ONNXExporter {
  /// The content of an ONNX file that computes what a graph computes.
  ///
  /// Fused activations become nodes of their own again; quantized graphs keep their QuantizeLinear and DequantizeLinear
  /// nodes. The lowest operator set from 18 on that has all operators is named.
  /// - Parameters:
  ///   - graph: a graph with types inferred.
  ///   - producer: the program's name and version for the file to carry.
  /// - Throws: `ModelFormatError.cannotExport` for values without a type, and weights beyond 2 GB.
  public static func export(
    _ graph: Graph, producer: (name: String, version: String) = ("Octet", "")
  ) throws(ModelFormatError) -> Data {
    let exportable = try ExportableGraph(graph)
    var model = ONNXModelProto()
    model.irVersion = exportable.irVersion
    model.producerName = producer.name
    if !producer.version.isEmpty { model.producerVersion = producer.version }
    var set = ONNXOperatorSetIdProto()
    set.domain = ""
    set.version = Int64(exportable.opset)
    model.opsetImport = [set]
    model.graph = try message(of: exportable)
    do {
      return try model.serializedBytes()
    } catch {
      throw ModelFormatError(.cannotExport, "the graph is too large for one ONNX file")
    }
  }

  /// Writes an ONNX file; one that stands there already is replaced once the new one is complete.
  ///
  /// - Throws: `ModelFormatError.cannotExport`.
  public static func write(
    _ graph: Graph, to path: String, producer: (name: String, version: String) = ("Octet", "")
  ) throws(ModelFormatError) {
    let data = try export(graph, producer: producer)
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ModelFormatError(
        .cannotExport, "cannot be written", remedy: "check the folder and the room on its disk", file: path)
    }
  }

  /// What a file that `write` makes of a graph says: its operator set and how many nodes it has.
  ///
  /// - Throws: `ModelFormatError.cannotExport`.
  public static func form(of graph: Graph) throws(ModelFormatError) -> (opset: Int, nodeCount: Int) {
    let exportable = try ExportableGraph(graph)
    return (exportable.opset, exportable.graph.nodes.count)
  }

  private static func message(of exportable: ExportableGraph) throws(ModelFormatError) -> ONNXGraphProto {
    let graph = exportable.graph
    var message = ONNXGraphProto()
    message.name = graph.name.isEmpty ? "graph" : graph.name
    message.input = try values(graph.inputs, graph)
    message.output = try values(graph.outputs, graph)
    var written: Set<ValueID> = []
    var size = 0
    for node in graph.nodes {
      for case let input? in node.inputs where written.insert(input).inserted {
        guard let tensor = graph.constant(input) else { continue }
        size += tensor.byteCount
        guard size <= ModelFile.maximumByteCount else {
          throw ModelFormatError(.cannotExport, "the weights are more than the 2 GB that one ONNX file can hold")
        }
        message.initializer.append(self.message(of: tensor, named: graph[input].name))
      }
      message.node.append(self.message(of: node, graph))
    }
    return message
  }

  private static func message(of node: Node, _ graph: Graph) -> ONNXNodeProto {
    var message = ONNXNodeProto()
    message.name = node.name
    message.opType = node.operatorName
    message.input = names(node.inputs, graph)
    message.output = names(node.outputs, graph)
    message.attribute = ExportableGraph.attributes(node.op, node).sorted { $0.key < $1.key }.map {
      ONNXAttributeProto($0.key, $0.value)
    }
    return message
  }

  private static func names(_ ids: [ValueID?], _ graph: Graph) -> [String] {
    var names = ids.map { $0.map { graph[$0].name } ?? "" }
    while names.last == "" { names.removeLast() }
    return names
  }

  private static func values(_ ids: [ValueID], _ graph: Graph) throws(ModelFormatError) -> [ONNXValueInfoProto] {
    var values: [ONNXValueInfoProto] = []
    for id in ids {
      guard let type = graph.type(of: id) else {
        throw ModelFormatError(
          .cannotExport, "the type of “\(graph[id].name)” is not known", remedy: "infer types before exporting",
          context: graph[id].name)
      }
      var value = ONNXValueInfoProto()
      value.name = graph[id].name
      value.type.tensorType.elemType = ONNXElementType.number(type.elementType)
      value.type.tensorType.shape.dim = type.shape.dimensions.map { extent in
        var dimension = ONNXTensorShapeProto.Dimension()
        dimension.dimValue = Int64(extent)
        return dimension
      }
      values.append(value)
    }
    return values
  }

  /// The message of a tensor.
  static func message(of tensor: Tensor, named name: String) -> ONNXTensorProto {
    var message = ONNXTensorProto()
    message.name = name
    message.dims = tensor.shape.dimensions.map(Int64.init)
    message.dataType = ONNXElementType.number(tensor.elementType)
    message.rawData = LittleEndianElements.bytes(of: tensor.elements)
    return message
  }
}

extension ONNXAttributeProto {
  fileprivate init(_ name: String, _ value: AttributeValue) {
    self.init()
    self.name = name
    switch value {
    case .float(let number): (type, f) = (1, number)
    case .integer(let number): (type, i) = (2, number)
    case .string(let text): (type, s) = (3, Data(text.utf8))
    case .tensor(let tensor): (type, t) = (4, ONNXExporter.message(of: tensor, named: ""))
    case .floats(let numbers): (type, floats) = (6, numbers)
    case .integers(let numbers): (type, ints) = (7, numbers)
    case .strings(let texts): (type, strings) = (8, texts.map { Data($0.utf8) })
    }
  }
}
