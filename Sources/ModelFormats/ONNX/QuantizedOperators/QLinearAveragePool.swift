import Graphs

/// ONNX Runtime's `QLinearAveragePool`: x and result with scale and zero point each.
enum QLinearAveragePool: QuantizedOperator {
  static let name = "QLinearAveragePool"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(4)
    let attributes = try node.attributesWithChannelsFirst()
    try importer.apply("AveragePool", [importer.dequantized(node, 0)], node, attributes: attributes, scale: 3)
  }
}
