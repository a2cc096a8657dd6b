import Graphs

/// An operator that reads and gives integers, as files of ONNX Runtime's format QOperator have them.
///
/// It is imported as the operator on floats between DequantizeLinear and QuantizeLinear nodes, the form that everything
/// behind the import knows. A new one is one file in this folder and one line in `QuantizedOperatorCatalog`.
protocol QuantizedOperator: Sendable {
  /// The operator's name, as `QLinearConv`.
  static var name: String { get }
  /// The operator set that it belongs to; empty for ONNX's own.
  static var domain: String { get }

  /// Adds the nodes that stand for a node.
  ///
  /// - Throws: `ModelFormatError`.
  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError)
}

extension QuantizedOperator {
  /// ONNX Runtime's own operators.
  static var runtimeDomain: String { "com.microsoft" }
}

/// A node with a quantized operator.
struct QuantizedNode {
  let proto: ONNXNodeProto
  /// What the node is called in errors and tables.
  let name: String
  var attributes: [String: AttributeValue]

  /// Whether an input is given.
  func has(_ index: Int) -> Bool { proto.input.indices.contains(index) && !proto.input[index].isEmpty }

  /// - Throws: `ModelFormatError` if there are fewer inputs than the operator needs.
  func require(_ count: Int) throws(ModelFormatError) {
    guard proto.input.count >= count, proto.output.count == 1, let output = proto.output.first, !output.isEmpty else {
      throw ModelFormatError(
        .invalidModel,
        "node “\(name)” has \(proto.input.count) inputs, but \(proto.opType) needs \(count), and one output",
        remedy: "export the model again", context: name)
    }
  }

  /// The attributes of the operator on floats, which has its channels first.
  ///
  /// - Throws: `ModelFormatError` if the node has its channels last.
  func attributesWithChannelsFirst() throws(ModelFormatError) -> [String: AttributeValue] {
    var attributes = attributes
    if case .integer(1)? = attributes.removeValue(forKey: "channels_last") {
      throw ModelFormatError(
        .unsupportedFeature, "node “\(name)” has its channels last, which is not supported",
        remedy: "quantize the model before its layout is changed", context: name)
    }
    return attributes
  }
}
