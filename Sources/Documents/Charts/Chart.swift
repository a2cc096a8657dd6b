/// A chart as a value: what is plotted, and a title that says what it shows.
public struct Chart: Sendable, Equatable, Codable {
  /// What a chart plots.
  public enum Plot: Sendable, Equatable, Codable {
    /// One or several bars for each category.
    case bars(BarPlot)
    /// Points by two numbers, joined or not.
    case lines(LinePlot)
    /// How often values fall into each interval.
    case histogram(Histogram)
    /// Counts in rows and columns.
    case heatMap(HeatMap)
  }

  /// What the chart shows.
  public var title: String
  /// One line below the title; empty for none.
  public var subtitle: String
  /// What is plotted.
  public var plot: Plot

  /// Creates a chart.
  public init(title: String, subtitle: String = "", _ plot: Plot) {
    self.title = title
    self.subtitle = subtitle
    self.plot = plot
  }
}
