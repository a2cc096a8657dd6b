import Graphs

/// ONNX Runtime's `QLinearSigmoid`: x and result with scale and zero point each.
enum QLinearSigmoid: QuantizedOperator {
  static let name = "QLinearSigmoid"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(4)
    try importer.apply("Sigmoid", [importer.dequantized(node, 0)], node, attributes: node.attributes, scale: 3)
  }
}
