/// Which of the boxes that a detector proposes are kept.
public struct DetectionOptions: Sendable, Hashable {
  /// The least score, 0 to 1.
  public var threshold: Double
  /// The intersection over union above which the box of the lower score is dropped, within a class; 0 to 1.
  public var overlap: Double
  /// How many objects are kept in a picture at most, those of the highest scores.
  public var limit: Int

  /// Makes options.
  public init(threshold: Double = 0.01, overlap: Double = 0.5, limit: Int = 100) {
    self.threshold = threshold
    self.overlap = overlap
    self.limit = limit
  }
}

extension DetectionOptions: CustomStringConvertible {
  /// All settings in one line.
  public var description: String { "threshold \(threshold), overlap \(overlap), limit \(limit)" }
}
