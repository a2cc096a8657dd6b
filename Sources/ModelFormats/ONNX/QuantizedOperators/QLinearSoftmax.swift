import Graphs

/// ONNX Runtime's `QLinearSoftmax`: x and result with scale and zero point each; `opset` says which Softmax it is.
enum QLinearSoftmax: QuantizedOperator {
  static let name = "QLinearSoftmax"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(4)
    var attributes = node.attributes
    var opset: Int?
    if case .integer(let version)? = attributes.removeValue(forKey: "opset") { opset = Int(clamping: version) }
    try importer.apply(
      "Softmax", [importer.dequantized(node, 0)], node, attributes: attributes, scale: 3, opset: opset)
  }
}
