extension Chart {
  private var page: DrawnPage {
    DrawnPage(title: "", drawings: [self], width: 640, description: alternativeText)
  }

  /// The chart as an SVG file on a white card; the same chart gives the same bytes on every machine.
  public func svg() -> String { page.svg() }

  /// The chart as a PNG file on a white card, 640 CSS pixels wide, with `scale` device pixels to each.
  /// Throws `DocumentError` with code `drawing`.
  public func png(scale: Double = 2) throws(DocumentError) -> EncodedPicture { try page.png(scale: scale) }

  /// The chart's pixels on a white card, 640 CSS pixels wide. Throws `DocumentError` with code `drawing`.
  public func picture(scale: Double = 2) throws(DocumentError) -> Picture { try page.picture(scale: scale) }

  /// The chart in words, for where pictures do not show.
  var alternativeText: String {
    let subject =
      switch plot {
      case .bars(let bars): "Bar chart of \(bars.axis.title) by \(bars.categoryTitle)"
      case .lines(let lines): "Chart of \(lines.yAxis.title) over \(lines.xAxis.title)"
      case .histogram(let histogram): "Histogram of \(histogram.axis.title)"
      case .heatMap(let map): "Heat map of \(map.rowTitle) by \(map.columnTitle)"
      }
    return title.isEmpty ? subject : "\(title). \(subject)"
  }
}
