import Graphs

/// ONNX Runtime's `QGemm`: a and b with scale and zero point each, an optional bias of int32, and the result's; without those
/// the result is in floats.
enum QGemm: QuantizedOperator {
  static let name = "QGemm"
  static let domain = runtimeDomain

  static func add(_ node: QuantizedNode, to importer: inout ONNXImporter) throws(ModelFormatError) {
    try node.require(6)
    let isTransposed = node.attributes["transB"] == .integer(1)
    let inputs = [importer.dequantized(node, 0), importer.dequantized(node, 3, axis: isTransposed ? 0 : 1)]
    let bias = try importer.dequantizedBias(node, 6, scales: (1, 4))
    try importer.apply("Gemm", bias.map { inputs + [$0] } ?? inputs, node, attributes: node.attributes, scale: 7)
  }
}
