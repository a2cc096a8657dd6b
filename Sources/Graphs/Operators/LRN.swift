import Glibc
public import Tensors

/// Local response normalization across channels: ONNX `LRN`.
///
/// Y = X / (bias + alpha / size * s)^beta, where s is the sum of squares over `size` neighbouring channels. Input: X
/// [N, C, …]. Floating point.
public struct LRN: Operator {
  public static let name = "LRN"

  /// Number of channels, from 1 on; an even one reaches one further up than down.
  public var size: Int
  public var alpha: Float
  public var beta: Float
  public var bias: Float

  public init(size: Int, alpha: Float = 0.0001, beta: Float = 0.75, bias: Float = 1) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.bias = bias
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    guard let size = try attributes.integer("size"), (1...(1 << 24)).contains(size) else {
      throw attributes.invalid("size", "is missing or not positive")
    }
    self.size = size
    alpha = try attributes.float("alpha", default: 0.0001)
    beta = try attributes.float("beta", default: 0.75)
    bias = try attributes.float("bias", default: 1)
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = ["size": .integer(Int64(size))]
    if alpha != 0.0001 { values["alpha"] = .float(alpha) }
    if beta != 0.75 { values["beta"] = .float(beta) }
    if bias != 1 { values["bias"] = .float(bias) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    try type.requireFloatingPoint()
    guard type.shape.rank >= 2 else {
      throw GraphError(.invalidInput, "the input \(type.shape) must have a batch and a channel axis")
    }
    return [type]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0).doubles
    let (channels, count) = (type.shape[1], type.shape.count(2...))
    let (below, above) = ((size - 1) / 2, size / 2)
    var result = x
    for index in x.indices {
      let channel = index / count % channels
      var sum = 0.0
      for other in max(0, channel - below)...min(channels - 1, channel + above) {
        let value = x[index + (other - channel) * count]
        sum += value * value
      }
      result[index] /= pow(Double(bias) + Double(alpha) / Double(size) * sum, Double(beta))
    }
    return [try Tensor(computed: type, doubles: result)]
  }
}
