import Graphs

/// ONNX Runtime's `QLinearConcat`: scale and zero point of the result, then each part with its own.
enum QLinearConcat: QuantizedOperator {
  static let name = "QLinearConcat"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(5)
    let parts = stride(from: 2, to: node.proto.input.count, by: 3).map { importer.dequantized(node, $0) }
    try importer.apply("Concat", parts, node, attributes: node.attributes, scale: 0)
  }
}
