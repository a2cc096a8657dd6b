public import Datasets
import Documents
import Evaluation

/// The names of a model's classes, where they are known.
public struct ClassNames: Sendable {
  private let labels: Labels?

  /// Names from labels, or none.
  public init(_ labels: Labels?) { self.labels = labels }

  /// How many classes have names; nil where none is known.
  public var count: Int? { labels?.count }

  /// The name of a class.
  public func name(_ index: Int) -> String? { labels?[index] }

  /// The number of a class with its name, such as `360 otter`.
  public func text(_ index: Int) -> String { name(index).map { "\(index) \($0)" } ?? "class \(index)" }

  /// The name of a class, or its number where it has none.
  func short(_ index: Int) -> String { name(index) ?? "class \(index)" }

  func cell(_ index: Int) -> Cell { .category(id: index, name: name(index)) }

  /// The highest scores as bars, one of them marked.
  func bars(_ scores: Scores, title: String, count: Int = 5, marked: Int?) -> BarList {
    let top = scores.top(count)
    let bars = top.map { BarList.Bar(text($0.classIndex), Double($0.score), isMarked: $0.classIndex == marked) }
    guard !scores.areProbabilities else { return BarList(title: title, bars: bars) }
    let highest = bars.map(\.value).filter(\.isFinite).max() ?? 1
    return BarList(title: title, bars: bars, maximum: highest > 0 ? highest : 1, format: .significant(3))
  }
}
