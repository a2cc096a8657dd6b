import Documents
import Evaluation

/// The charts of a comparison of models.
enum ComparisonCharts {
  private static let shownLayers = 12

  /// The slowest layers, and the time by precision.
  static func charts(_ sides: [ModelComparisonReport.Side]) -> [Chart] {
    [slowestLayers(sides), precisions(sides)].compactMap { $0 }
  }

  private static func slowestLayers(_ sides: [ModelComparisonReport.Side]) -> Chart? {
    guard let reference = sides.first else { return nil }
    let slowest = reference.layers.filter { $0.seconds != nil && !$0.layers.isEmpty }
      .sorted { ($0.seconds ?? 0) > ($1.seconds ?? 0) }.prefix(shownLayers)
    guard slowest.count > 1 else { return nil }
    let series = sides.enumerated().map { place, side in
      let times = Dictionary(side.layers.map { (Set($0.layers), $0.seconds) }) { first, _ in first }
      return BarPlot.Series(
        side.name, slowest.map { layer in (times[Set(layer.layers)] ?? nil).map { $0 * 1000 } }, isReference: place == 0
      )
    }
    let plot = BarPlot(
      categoryTitle: "Layer", categories: slowest.map(\.name), series: series,
      axis: Axis("Time", format: .decimals(3, unit: "ms")))
    return Chart(
      title: "The slowest layers of \(reference.name)", subtitle: "Time of one inference; lower is better", .bars(plot))
  }

  private static func precisions(_ sides: [ModelComparisonReport.Side]) -> Chart? {
    let names = Set(sides.flatMap(\.precisions)).sorted()
    guard sides.contains(where: { $0.seconds > 0 }) else { return nil }
    let series = sides.enumerated().map { place, side in
      BarPlot.Series(
        side.name,
        names.map { name in
          side.layers.filter { $0.precision == name }.reduce(0) { $0 + ($1.seconds ?? 0) } * 1000
        }, isReference: place == 0)
    }
    let plot = BarPlot(
      categoryTitle: "Precision", categories: names, series: series,
      axis: Axis("Time", format: .decimals(3, unit: "ms")))
    return Chart(title: "Time by precision", subtitle: "Of one inference; lower is better", .bars(plot))
  }
}
