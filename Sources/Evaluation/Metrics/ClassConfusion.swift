/// How often each class was taken for each other: of pictures, or of pixels.
public struct ClassConfusion: Sendable, Hashable {
  /// How many classes there are.
  public let classCount: Int
  /// The counts, row by row: the row is the true class, the column the predicted one.
  public private(set) var counts: [Int]

  /// The largest number of classes, whose square is kept.
  public static let maximumClassCount = 4096

  /// Nothing has been counted; nil for no class, or more than `maximumClassCount`.
  public init?(classCount: Int) {
    guard (1...Self.maximumClassCount).contains(classCount) else { return nil }
    self.classCount = classCount
    counts = [Int](repeating: 0, count: classCount * classCount)
  }

  /// Counts predictions; those whose true class is none of the classes do not count, and those predicted as none of them
  /// are only missed.
  public mutating func add(expected: [Int], predicted: [Int]) {
    let classes = 0..<classCount
    for (truth, guess) in zip(expected, predicted) where classes.contains(truth) {
      if classes.contains(guess) { counts[truth * classCount + guess] += 1 } else { missed[truth, default: 0] += 1 }
    }
  }

  /// Adds what was counted elsewhere, of as many classes.
  mutating func add(_ other: ClassConfusion) {
    guard other.classCount == classCount else { return }
    for index in counts.indices { counts[index] += other.counts[index] }
    missed.merge(other.missed, uniquingKeysWith: +)
  }

  /// How often each class was taken for something that is no class.
  private var missed: [Int: Int] = [:]

  /// How often one class was predicted for another.
  public subscript(expected: Int, predicted: Int) -> Int {
    guard (0..<classCount).contains(expected), (0..<classCount).contains(predicted) else { return 0 }
    return counts[expected * classCount + predicted]
  }

  /// TP / (TP + FN), 0 to 1; nil where the class does not occur.
  public func recall(ofClass index: Int) -> Double? { ratio(self[index, index], expectedCount(of: index)) }

  /// TP / (TP + FP), 0 to 1; nil where the class is never predicted.
  public func precision(ofClass index: Int) -> Double? { ratio(self[index, index], predictedCount(of: index)) }

  /// 2 TP / (2 TP + FP + FN), 0 to 1; nil where the class neither occurs nor is predicted.
  public func f1(ofClass index: Int) -> Double? {
    ratio(2 * self[index, index], expectedCount(of: index) + predictedCount(of: index))
  }

  /// TP / (TP + FP + FN), 0 to 1; nil where the class neither occurs nor is predicted.
  public func intersectionOverUnion(ofClass index: Int) -> Double? {
    let right = self[index, index]
    return ratio(right, expectedCount(of: index) + predictedCount(of: index) - right)
  }

  /// The mean over the classes that have one of their intersection over union; nil where none has.
  public var meanIntersectionOverUnion: Double? {
    let known = (0..<classCount).compactMap { intersectionOverUnion(ofClass: $0) }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The part of what was counted that is right, 0 to 1; nil where nothing was.
  public var accuracy: Double? {
    let right = (0..<classCount).reduce(0) { $0 + self[$1, $1] }
    return ratio(right, (0..<classCount).reduce(0) { $0 + expectedCount(of: $1) })
  }

  /// How often it was the true class, those times among them that something that is no class was predicted.
  public func expectedCount(of index: Int) -> Int {
    (0..<classCount).reduce(missed[index] ?? 0) { $0 + self[index, $1] }
  }

  /// How often the class was predicted.
  public func predictedCount(of index: Int) -> Int { (0..<classCount).reduce(0) { $0 + self[$1, index] } }

  private func ratio(_ part: Int, _ whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
}
