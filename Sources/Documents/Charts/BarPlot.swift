/// Horizontal bars: for each category one bar, or one bar of each series.
public struct BarPlot: Sendable, Equatable, Codable {
  /// One value for each category.
  public struct Series: Sendable, Equatable, Codable {
    /// Whose values these are.
    public var name: String
    /// One value for each category, in the same order; nil and non-finite values leave a gap.
    public var values: [Double?]
    /// Whether the series is what the others are compared with; it is drawn in grey.
    public var isReference: Bool

    /// Creates a series.
    public init(_ name: String, _ values: [Double?], isReference: Bool = false) {
      self.name = name
      self.values = values
      self.isReference = isReference
    }

    /// The finite value of a category.
    func value(_ category: Int) -> Double? {
      guard values.indices.contains(category), let value = values[category], value.isFinite else { return nil }
      return value
    }
  }

  /// What a category is, such as `Layer`.
  public var categoryTitle: String
  /// The categories from top to bottom.
  public var categories: [String]
  /// The series from top to bottom within each category.
  public var series: [Series]
  /// What the length of a bar means.
  public var axis: Axis

  /// Creates bars.
  public init(categoryTitle: String, categories: [String], series: [Series], axis: Axis) {
    self.categoryTitle = categoryTitle
    self.categories = categories
    self.series = series
    self.axis = axis
  }

  var allValues: [Double] {
    categories.indices.flatMap { category in series.compactMap { $0.value(category) } }
  }
}
