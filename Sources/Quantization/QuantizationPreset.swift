/// How activations are mapped to 8-bit integers.
public enum QuantizationPreset: String, Sendable, Hashable, CaseIterable {
  /// Symmetric ranges: a tensor without negative numbers takes [0, b] with zero point 0, any other [-b, b] with zero
  /// point 128.
  case performance
  /// Ranges [a, b] that are widened until 0 is exact, with any zero point; a tensor without negative numbers as above.
  /// Sums along shortcuts stay in floating point.
  case mixed
}
