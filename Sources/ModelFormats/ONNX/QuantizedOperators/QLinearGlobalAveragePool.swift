import Graphs

/// ONNX Runtime's `QLinearGlobalAveragePool`: x and result with scale and zero point each.
enum QLinearGlobalAveragePool: QuantizedOperator {
  static let name = "QLinearGlobalAveragePool"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(4)
    var attributes = node.attributes
    if case .integer(1)? = attributes.removeValue(forKey: "channels_last") {
      throw ModelFormatError(
        .unsupportedFeature, "node “\(node.name)” has its channels last, which is not supported",
        remedy: "quantize the model before its layout is changed", context: node.name)
    }
    try importer.apply("GlobalAveragePool", [importer.dequantized(node, 0)], node, attributes: attributes, scale: 3)
  }
}
