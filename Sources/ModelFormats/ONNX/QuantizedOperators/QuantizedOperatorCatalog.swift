/// Every quantized operator that is imported.
enum QuantizedOperatorCatalog {
  static let all: [any QuantizedOperator.Type] = [
    QGemm.self,
    QLinearAdd.self,
    QLinearAveragePool.self,
    QLinearConcat.self,
    QLinearConv.self,
    QLinearGlobalAveragePool.self,
    QLinearLeakyRelu.self,
    QLinearMatMul.self,
    QLinearMul.self,
    QLinearSigmoid.self,
    QLinearSoftmax.self,
  ]

  /// The operator of a node; nil if there is none.
  static func type(of node: ONNXNodeProto) -> (any QuantizedOperator.Type)? {
    let domain = ONNXHeader.isDefaultDomain(node.domain) ? "" : node.domain
    return all.first { $0.name == node.opType && $0.domain == domain }
  }
}
