extension Chart {
  /// The chart as lines of words, numbers and block characters, at most `width` columns wide, at least 20.
  public func plainText(width: Int = 80) -> String {
    let width = max(width, 20)
    var lines = [title, subtitle].filter { !$0.isEmpty }.map { DisplayWidth.fitting(VisibleText.line($0), width) }
    switch plot {
    case .bars(let bars): lines += bars.textLines(width)
    case .lines(let plot): lines += plot.textLines(width)
    case .histogram(let histogram): lines += histogram.textLines(width)
    case .heatMap(let map): lines += map.textLines(width)
    }
    return lines.joined(separator: "\n")
  }
}

/// Labelled values with bars below each other, a full bar for `largest`.
private func barLines(
  _ rows: [(label: String, value: Double, text: String)], _ width: Int, largest: Double? = nil
) -> [String] {
  let labels = rows.map { VisibleText.line($0.label) }
  let valueWidth = rows.map { DisplayWidth.of($0.text) }.max() ?? 0
  let labelWidth = min(labels.map(DisplayWidth.of).max() ?? 0, max(width - valueWidth - 14, 6))
  let barWidth = max(min(width - labelWidth - valueWidth - 4, 40), 1)
  let largest = largest ?? rows.map { abs($0.value) }.max() ?? 0
  return rows.enumerated().map { index, row in
    let label = DisplayWidth.padded(DisplayWidth.fitting(labels[index], labelWidth), labelWidth)
    let value = DisplayWidth.padded(row.text, valueWidth, trailing: true)
    let bar = largest > 0 ? BlockBar.precise(abs(row.value) / largest, width: barWidth) : ""
    return bar.isEmpty ? "\(label)  \(value)" : "\(label)  \(value)  \(bar)"
  }
}

extension BarPlot {
  fileprivate func textLines(_ width: Int) -> [String] {
    let names = categories.map { DisplayWidth.fitting(VisibleText.line($0), width / 3) }
    let nameWidth = names.map(DisplayWidth.of).max() ?? 0
    var rows: [(label: String, value: Double, text: String)] = []
    for category in categories.indices {
      var name = names[category]
      for series in series {
        guard let value = series.value(category) else { continue }
        let label = self.series.count > 1 ? "\(DisplayWidth.padded(name, nameWidth))  \(series.name)" : name
        rows.append((label, value, axis.format.cellText(for: value)))
        name = ""
      }
    }
    return [DisplayWidth.fitting(VisibleText.line("\(categoryTitle): \(axis.label)"), width)] + barLines(rows, width)
  }
}

extension LinePlot {
  fileprivate func textLines(_ width: Int) -> [String] {
    var lines = [DisplayWidth.fitting(VisibleText.line("\(yAxis.label) by \(xAxis.label)"), width)]
    let largest = series.flatMap(\.finiteSamples).map { abs($0.y) }.max()
    for series in series {
      if self.series.count > 1 { lines.append(DisplayWidth.fitting(VisibleText.line(series.name), width)) }
      lines += barLines(
        series.finiteSamples.map { sample in
          let label = sample.label.isEmpty ? "" : "  \(sample.label)"
          return (xAxis.format.cellText(for: sample.x) + label, sample.y, yAxis.format.cellText(for: sample.y))
        }, width, largest: largest)
    }
    for guide in guides {
      let format = guide.direction == .x ? xAxis.format : yAxis.format
      lines.append(DisplayWidth.fitting(VisibleText.line("\(guide.label): \(format.string(for: guide.value))"), width))
    }
    return lines
  }
}

extension Histogram {
  fileprivate func textLines(_ width: Int) -> [String] {
    let step = edges.count > 1 ? edges[1] - edges[0] : 1
    let rows = counts.indices.map { index in
      (
        label: "\(axis.tickText(edges[index], step: step)) to \(axis.tickText(edges[index + 1], step: step))",
        value: Double(counts[index]), text: NumberFormat.integer.string(for: counts[index])
      )
    }
    return [DisplayWidth.fitting(VisibleText.line("\(axis.label): \(countTitle)"), width)] + barLines(rows, width)
  }
}

extension HeatMap {
  fileprivate func textLines(_ width: Int) -> [String] {
    let heading = DisplayWidth.fitting(VisibleText.line("Rows: \(rowTitle). Columns: \(columnTitle)."), width)
    let cells = rows.indices.map { row in
      columns.indices.map { count(row, $0) == 0 ? "·" : String(count(row, $0)) }
    }
    let cellWidth = max((cells.flatMap(\.self) + columns).map(DisplayWidth.of).max() ?? 1, 1) + 1
    let labelWidth = min(rows.map { DisplayWidth.of(VisibleText.line($0)) }.max() ?? 0, width / 3)
    guard labelWidth + cellWidth * columns.count <= width else {
      return [heading, "\(rows.count) rows and \(columns.count) columns do not fit here; see the table."]
    }
    func line(_ label: String, _ cells: [String]) -> String {
      DisplayWidth.padded(DisplayWidth.fitting(VisibleText.line(label), labelWidth), labelWidth)
        + cells.map { DisplayWidth.padded(VisibleText.line($0), cellWidth, trailing: true) }.joined()
    }
    return [heading, line("", columns)] + rows.indices.map { line(rows[$0], cells[$0]) }
  }
}
