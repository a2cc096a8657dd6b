import Graphs

/// ONNX Runtime's `QLinearAdd`: a, b and result with scale and zero point each.
enum QLinearAdd: QuantizedOperator {
  static let name = "QLinearAdd"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(7)
    let inputs = [importer.dequantized(node, 0), importer.dequantized(node, 3)]
    try importer.apply("Add", inputs, node, attributes: node.attributes, scale: 6)
  }
}
