import Graphs

/// ONNX `QLinearMatMul`: a, b and result with scale and zero point each.
enum QLinearMatMul: QuantizedOperator {
  static let name = "QLinearMatMul"
  static let domain = ""

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(8)
    let inputs = [importer.dequantized(node, 0), importer.dequantized(node, 3)]
    try importer.apply("MatMul", inputs, node, attributes: node.attributes, scale: 6)
  }
}
