/// Every operator there is. A new one is one file in this folder and one line here.
public enum OperatorCatalog {
  /// All operators, in alphabetical order.
  public static let all: [any Operator.Type] = [
    Abs.self,
    Add.self,
    AveragePool.self,
    BatchNormalization.self,
    Cast.self,
    Clip.self,
    Concat.self,
    Constant.self,
    ConstantOfShape.self,
    Conv.self,
    ConvTranspose.self,
    DepthToSpace.self,
    DequantizeLinear.self,
    Div.self,
    Dropout.self,
    Elu.self,
    Exp.self,
    Expand.self,
    Flatten.self,
    Gather.self,
    Gemm.self,
    GlobalAveragePool.self,
    GlobalMaxPool.self,
    HardSigmoid.self,
    HardSwish.self,
    Identity.self,
    LeakyRelu.self,
    LogSoftmax.self,
    LRN.self,
    MatMul.self,
    Max.self,
    MaxPool.self,
    Min.self,
    Mul.self,
    Neg.self,
    Pad.self,
    Pow.self,
    PRelu.self,
    QuantizeLinear.self,
    ReduceMean.self,
    Relu.self,
    Reshape.self,
    Resize.self,
    ShapeOf.self,
    Sigmoid.self,
    Slice.self,
    Softmax.self,
    Split.self,
    Sqrt.self,
    Squeeze.self,
    Sub.self,
    Sum.self,
    Tanh.self,
    Transpose.self,
    Unsqueeze.self,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// Makes the operator that a node of a model names.
  ///
  /// - Throws: `GraphError.unsupportedOperator` naming operator, node and opset if there is none of that name, or what
  ///   the operator says of its attributes.
  public static func make(
    _ name: String, node: String, opset: Int, attributes: [String: AttributeValue]
  ) throws(GraphError) -> any Operator {
    guard let type = byName[name] else {
      throw GraphError(
        .unsupportedOperator, "operator \(name) of opset \(opset) is not supported", operatorName: name, node: node)
    }
    var reader = AttributeReader(operatorName: name, node: node, opset: opset, values: attributes)
    do {
      return try type.init(&reader)
    } catch { throw error.at(node: node, operatorName: name) }
  }
}
