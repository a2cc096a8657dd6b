import Tensors

/// How the range of an activation becomes a scale and a zero point.
enum ActivationScheme: Sendable {
  case symmetric
  case asymmetric

  init(_ preset: QuantizationPreset) {
    switch preset {
    case .performance: self = .symmetric
    case .mixed: self = .asymmetric
    }
  }

  func parameters(_ range: ClosedRange<Double>) throws(TensorError) -> QuantizationParameters {
    switch self {
    case .symmetric: try .symmetric(range)
    case .asymmetric: try .asymmetric(range)
    }
  }
}
