/// How many pairs of faces are rightly told to show the same person or two, by the distance of what a model makes of them.
public enum PairwiseAccuracy {
  /// A pair, and how far its two pictures lie apart.
  public struct Pair: Sendable, Hashable {
    /// The distance; smaller is more alike.
    public let distance: Double
    /// Whether both pictures show the same person.
    public let isSame: Bool

    /// Makes a pair.
    public init(distance: Double, isSame: Bool) {
      self.distance = distance
      self.isSame = isSame
    }
  }

  /// (1 - cos) / 2 of the angle between two vectors, 0 to 1; nil for vectors of different lengths, of zeros, or
  /// that are not finite.
  public static func distance(_ first: [Float], _ second: [Float]) -> Double? {
    guard first.count == second.count else { return nil }
    var (dot, ours, theirs) = (0.0, 0.0, 0.0)
    for (a, b) in zip(first, second) {
      dot += Double(a) * Double(b)
      ours += Double(a) * Double(a)
      theirs += Double(b) * Double(b)
    }
    let norms = (ours * theirs).squareRoot()
    return norms > 0 && norms.isFinite ? (1 - dot / norms) / 2 : nil
  }

  /// The mean accuracy over parts of the pairs, 0 to 1: a pair counts as the same person where it lies closer together than
  /// the median of the pairs of all other parts.
  ///
  /// - Parameter partCount: into how many parts of consecutive pairs they are divided, as evenly as can be.
  /// - Returns: nil for fewer than two parts, or more than pairs.
  public static func value(of pairs: [Pair], partCount: Int = 10) -> Double? {
    parts(of: pairs, partCount: partCount).map { $0.reduce(0, +) / Double(partCount) }
  }

  /// The accuracy of each of the parts, of which `value` is the mean.
  public static func parts(of pairs: [Pair], partCount: Int = 10) -> [Double]? {
    guard partCount >= 2, partCount <= pairs.count else { return nil }
    return (0..<partCount).map { part in
      let range = pairs.count * part / partCount..<pairs.count * (part + 1) / partCount
      let others = pairs[..<range.lowerBound] + pairs[range.upperBound...]
      let threshold = others.map(\.distance).median
      return Double(pairs[range].count { ($0.distance < threshold) == $0.isSame }) / Double(range.count)
    }
  }
}
