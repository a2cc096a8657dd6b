/// One score for each class, as a classifier gives them for one picture.
public struct Scores: Sendable, Hashable {
  /// The scores in the order of the classes.
  public let values: [Float]

  /// Takes scores.
  public init(_ values: some Sequence<Float>) { self.values = Array(values) }

  /// A class and its score.
  public struct Entry: Sendable, Hashable {
    /// The index of the class.
    public let classIndex: Int
    /// Its score.
    public let score: Float
  }

  /// The class with the highest score, the first of several; 0 where there are no classes. NaN is below every number.
  public var best: Int {
    var best = 0
    for (index, value) in values.enumerated() where value > values[best] || (values[best].isNaN && !value.isNaN) {
      best = index
    }
    return best
  }

  /// The classes with the highest scores, the highest first, equal ones by index.
  public func top(_ count: Int) -> [Entry] {
    let key = values.map { $0.isNaN ? -Float.infinity : $0 }
    let order = key.indices.sorted { key[$0] == key[$1] ? $0 < $1 : key[$0] > key[$1] }
    return order.prefix(max(count, 0)).map { Entry(classIndex: $0, score: values[$0]) }
  }

  /// The score of a class; 0 for a class that there is not.
  public func score(of classIndex: Int) -> Float { values.indices.contains(classIndex) ? values[classIndex] : 0 }

  /// The place of a class among all by score, 0 for the highest: how many classes have a higher score. Classes with
  /// equal scores share the first place among them; -1 for a class that there is not.
  public func rank(of classIndex: Int) -> Int {
    guard values.indices.contains(classIndex) else { return -1 }
    let score = values[classIndex]
    return score.isNaN ? values.count { !$0.isNaN } : values.count { $0 > score }
  }

  /// Whether the scores can be read as probabilities: none below 0, and a sum of 1 within a hundredth.
  public var areProbabilities: Bool {
    values.allSatisfy { $0 >= 0 } && abs(values.reduce(0) { $0 + Double($1) } - 1) < 0.01
  }
}
