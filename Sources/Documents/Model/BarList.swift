/// Labelled bars below one title, such as the five most probable classes of one model.
public struct BarList: Sendable, Equatable, Codable {
  /// One labelled bar.
  public struct Bar: Sendable, Equatable, Codable {
    /// What the bar stands for.
    public var label: String
    /// Its length in the list's unit; negative and missing values give an empty bar.
    public var value: Double
    /// Whether this bar is the one that the reader should find first.
    public var isMarked: Bool

    /// Creates a bar.
    public init(_ label: String, _ value: Double, isMarked: Bool = false) {
      self.label = label
      self.value = value
      self.isMarked = isMarked
    }
  }

  /// Whose values these are, such as `Optimized` or `Parent`.
  public var title: String
  /// The bars from top to bottom.
  public var bars: [Bar]
  /// The value of a full bar; above zero.
  public var maximum: Double
  /// How the values are written beside the bars.
  public var format: NumberFormat

  /// Creates a list of bars; `maximum` is 1 for probabilities.
  public init(title: String, bars: [Bar], maximum: Double = 1, format: NumberFormat = .probability) {
    self.title = title
    self.bars = bars
    self.maximum = maximum
    self.format = format
  }

  /// The filled part of a bar, from 0 to 1.
  func fraction(of bar: Bar) -> Double {
    guard maximum > 0, bar.value > 0 else { return 0 }
    let fraction = bar.value / maximum
    return fraction.isFinite ? min(fraction, 1) : 1
  }
}
