/// How much accuracy an optimized model may lose.
public struct AccuracyBound: Sendable, Hashable {
  /// The largest drop that is accepted: 0.005 for half a point of top-1 accuracy, or for half a percent of the parent's.
  public let drop: Double
  /// Whether the drop is counted as a part of the parent's accuracy, rather than in points.
  public let isRelative: Bool

  /// A bound; absolute unless said otherwise.
  public init(drop: Double, isRelative: Bool = false) {
    self.drop = drop
    self.isRelative = isRelative
  }

  /// The drop from a parent's accuracy to a child's, below 0 where the child is better; parts of 1.
  public func drop(from parent: Double, to child: Double) -> Double {
    isRelative && parent > 0 ? (parent - child) / parent : parent - child
  }

  /// Whether a drop is within the bound; equal up to the rounding of the division is within.
  public func permits(_ drop: Double) -> Bool { drop <= self.drop + 1e-12 }
}
