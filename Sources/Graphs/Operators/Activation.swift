/// A function that an operator applies to each element of its result.
public enum Activation: Sendable, Hashable {
  /// x
  case identity
  /// max(x, 0)
  case relu
  /// min(max(x, lower), upper), with lower <= upper
  case clip(lower: Float, upper: Float)

  /// The closed interval that results lie in; nil bounds are infinite.
  public var bounds: (lower: Float?, upper: Float?) {
    switch self {
    case .identity: (nil, nil)
    case .relu: (0, nil)
    case .clip(let lower, let upper): (lower, upper)
    }
  }

  /// The activation of one element; NaN stays NaN.
  public func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .identity: x
    case .relu: x < 0 ? 0 : x
    case .clip(let lower, let upper): x < lower ? lower : (x > upper ? upper : x)
    }
  }
}

extension Activation: CustomStringConvertible {
  public var description: String {
    switch self {
    case .identity: "none"
    case .relu: "relu"
    case .clip(let lower, let upper): "clip(\(lower), \(upper))"
    }
  }
}
