public import Tensors

/// Normalization of each channel with fixed statistics: ONNX `BatchNormalization` at inference.
///
/// Y = scale * (X - mean) / sqrt(variance + epsilon) + bias. Inputs: X [N, C, …], scale, bias, mean and variance, each
/// [C]. Floating point.
public struct BatchNormalization: ActivationFusing {
  public static let name = "BatchNormalization"

  public var epsilon: Float
  public var activation: Activation = .identity

  public init(epsilon: Float = 1e-5, activation: Activation = .identity) {
    self.epsilon = epsilon
    self.activation = activation
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    epsilon = try attributes.float("epsilon", default: 1e-5)
    attributes.ignore("momentum")
    let training: Bool
    if attributes.opset < 7 {
      attributes.ignore("consumed_inputs")
      training = try attributes.integer("is_test", default: 0) == 0
    } else {
      training = try attributes.integer("training_mode", default: 0) != 0
    }
    let spatial = attributes.opset < 9 ? try attributes.integer("spatial", default: 1) : 1
    if training || spatial != 1 {
      throw GraphError(
        .unsupportedOperator,
        "\(training ? "training" : "statistics of each position (spatial 0)") in opset \(attributes.opset) is not supported"
      )
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { epsilon == 1e-5 ? [:] : ["epsilon": .float(epsilon)] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(5...5)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    try type.requireFloatingPoint()
    // A vector is one channel: ONNX takes inputs of rank 1 so.
    let channels = type.shape.rank >= 2 ? type.shape[1] : 1
    for (slot, what) in [(1, "scale"), (2, "bias"), (3, "mean"), (4, "variance")] {
      let parameter = try inputs.required(slot, what).type
      try parameter.requireFloatingPoint(what)
      guard parameter.shape.dimensions == [channels] else {
        throw GraphError(.invalidInput, "the \(what) \(parameter.shape) must be [\(channels)]")
      }
    }
    return [type]
  }

  /// Factor and summand of each channel: Y = factor * X + summand.
  ///
  /// - Parameter parameters: scale, bias, mean and variance, of one length.
  public func affine(_ parameters: [[Double]]) -> (factors: [Double], summands: [Double]) {
    let factors = zip(parameters[0], parameters[3]).map { $0 / ($1 + Double(epsilon)).squareRoot() }
    let summands = parameters[1].indices.map { parameters[1][$0] - parameters[2][$0] * factors[$0] }
    return (factors, summands)
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    var parameters: [[Double]] = []
    for slot in 1...4 { parameters.append(try inputs.required(slot).doubles) }
    let (factors, summands) = affine(parameters)
    let count = type.shape.rank >= 2 ? type.shape.count(2...) : type.shape.elementCount
    var result = try inputs.required(0).doubles
    for index in result.indices {
      let channel = index / count % factors.count
      result[index] = result[index] * factors[channel] + summands[channel]
    }
    return [activation(try Tensor(computed: type, doubles: result))]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    outputs.first.flatMap { checkedProduct(2 + activation.operationsPerElement, $0.shape.elementCount) }
  }
}
