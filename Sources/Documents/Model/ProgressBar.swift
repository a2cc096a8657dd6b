/// How far a running task has come, or that it has ended.
public struct ProgressBar: Sendable, Equatable, Codable {
  /// What is being done, such as `Calibrating`.
  public var label: String
  /// The finished part from 0 to 1; nil while the whole is not known. Values outside are clamped, NaN counts as nil.
  public var fraction: Double?
  /// Counts and time, such as `62 of 200 images, 3 s left`; empty for none.
  public var detail: String

  /// Creates a progress bar.
  public init(label: String, fraction: Double?, detail: String = "") {
    self.label = label
    self.fraction = fraction
    self.detail = detail
  }

  var clampedFraction: Double? {
    guard let fraction, !fraction.isNaN else { return nil }
    return min(max(fraction, 0), 1)
  }
}
