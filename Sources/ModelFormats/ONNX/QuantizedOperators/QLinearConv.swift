import Graphs

/// ONNX `QLinearConv`: x, weights and result with scale and zero point each, and an optional bias of int32.
enum QLinearConv: QuantizedOperator {
  static let name = "QLinearConv"
  static let domain = ""

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(8)
    let inputs = [importer.dequantized(node, 0), importer.dequantized(node, 3, axis: 0)]
    let bias = try importer.dequantizedBias(node, 8, scales: (1, 4))
    try importer.apply("Conv", bias.map { inputs + [$0] } ?? inputs, node, attributes: node.attributes, scale: 6)
  }
}
