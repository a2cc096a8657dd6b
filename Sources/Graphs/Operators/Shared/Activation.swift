import Tensors

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
  public func callAsFunction<Number: BinaryFloatingPoint>(_ x: Number) -> Number {
    switch self {
    case .identity: return x
    case .relu: return x < 0 ? 0 : x
    case .clip(let lower, let upper):
      let (lower, upper) = (Number(lower), Number(upper))
      return x < lower ? lower : (x > upper ? upper : x)
    }
  }

  /// The elements of a floating-point tensor activated; other tensors as they are.
  func callAsFunction(_ tensor: Tensor) -> Tensor {
    guard self != .identity else { return tensor }
    let activated: TensorElements
    switch tensor.elements {
    case .float32(let e): activated = .float32(e.map { self($0) })
    case .float64(let e): activated = .float64(e.map { self($0) })
    case .float16(let e): activated = .float16(e.map { self($0) })
    default: return tensor
    }
    return tensor.replacingElements(activated)
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
