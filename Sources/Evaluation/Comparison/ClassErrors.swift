/// How often one class is missed.
public struct ClassErrors: Sendable, Hashable {
  /// The class that was to be predicted.
  public let classIndex: Int
  /// How many pictures it was to be predicted for.
  public let count: Int
  /// How many of them got another class.
  public let errorCount: Int
  /// The classes predicted instead, each with how often; the most frequent first, then by class.
  public let confusions: [Confusion]

  /// A class that was predicted instead.
  public struct Confusion: Sendable, Hashable {
    /// The class.
    public let classIndex: Int
    /// How often.
    public let count: Int
  }

  /// The classes that were missed at least once, the most frequently missed first, then by class.
  ///
  /// - Parameter rows: for each picture the class that was to be predicted, and the other one that was; nil where it was
  ///   right.
  static func census(_ rows: [(expected: Int, wrong: Int?)]) -> [ClassErrors] {
    var counts: [Int: Int] = [:]
    var errors: [Int: [Int: Int]] = [:]
    for row in rows {
      counts[row.expected, default: 0] += 1
      if let wrong = row.wrong { errors[row.expected, default: [:]][wrong, default: 0] += 1 }
    }
    return errors.map { index, wrong in
      let confusions = wrong.map { Confusion(classIndex: $0.key, count: $0.value) }
        .sorted { ($1.count, $0.classIndex) < ($0.count, $1.classIndex) }
      return ClassErrors(
        classIndex: index, count: counts[index] ?? 0, errorCount: wrong.values.reduce(0, +), confusions: confusions)
    }.sorted { ($1.errorCount, $0.classIndex) < ($0.errorCount, $1.classIndex) }
  }
}
