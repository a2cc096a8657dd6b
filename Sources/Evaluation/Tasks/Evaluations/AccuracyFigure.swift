public import Datasets

/// A number that says how good a model is.
public struct AccuracyFigure: Sendable, Hashable {
  /// How a figure is written.
  public enum Unit: Sendable, Hashable {
    /// A part of 1, shown in percent.
    case share
    /// A number without a unit.
    case number
    /// Decibels.
    case decibels
  }

  /// The field's name, such as `accuracy@top1`.
  public let name: String
  /// The number; nil where it has no value.
  public let value: Double?
  /// Its interval of 95 %; nil where there is none.
  public let interval: Interval?
  /// How many pictures or pairs it is of.
  public let count: Int
  /// How it is written.
  public let unit: Unit
  /// Whether a higher number is better.
  public let isHigherBetter: Bool

  /// A figure.
  public init(
    _ name: String, _ value: Double?, interval: Interval? = nil, count: Int, unit: Unit = .share,
    isHigherBetter: Bool = true
  ) {
    self.name = name
    self.value = value
    self.interval = interval
    self.count = count
    self.unit = unit
    self.isHigherBetter = isHigherBetter
  }

  /// The mean of numbers with Student's interval of 95 %.
  public init(
    meanOf values: [Double], _ name: String, unit: Unit = .number, isHigherBetter: Bool = true
  ) {
    let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    self.init(
      name, mean, interval: values.allSatisfy(\.isFinite) ? Interval.ofMean(values) : nil, count: values.count,
      unit: unit, isHigherBetter: isHigherBetter)
  }
}

/// How good a model is at its task, on a dataset.
public protocol TaskEvaluation: Sendable {
  /// The task's figures, the one that counts most first.
  var figures: [AccuracyFigure] { get }
  /// How many pictures were judged.
  var imageCount: Int { get }
  /// The pictures that could not be used.
  var skipped: [DatasetProblem] { get }
}
