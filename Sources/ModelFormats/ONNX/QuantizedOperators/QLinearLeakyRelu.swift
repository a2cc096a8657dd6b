import Graphs

/// ONNX Runtime's `QLinearLeakyRelu`: x and result with scale and zero point each.
enum QLinearLeakyRelu: QuantizedOperator {
  static let name = "QLinearLeakyRelu"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(4)
    try importer.apply("LeakyRelu", [importer.dequantized(node, 0)], node, attributes: node.attributes, scale: 3)
  }
}
