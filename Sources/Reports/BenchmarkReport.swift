public import Documents
public import Evaluation

/// Throughput and latency of one or several models.
public struct BenchmarkReport: Report {
  /// How many times as far as the slowest configuration a limit may lie, to be drawn: beyond, it would push all points to
  /// the edge of the chart.
  private static let farthestLimit = 3.0

  /// What was measured.
  public let measurements: [BenchmarkMeasurement]
  /// The largest median latency that is accepted, in seconds; nil for any.
  public let latencyLimit: Double?

  /// Makes a report of at least one measurement.
  public init(_ measurements: [BenchmarkMeasurement], latencyLimit: Double? = nil) {
    self.measurements = measurements
    self.latencyLimit = latencyLimit
  }

  /// The measurement with the highest throughput among those of a model that keep the limit.
  public func best(of model: String) -> BenchmarkMeasurement? {
    measurements.filter { $0.model == model && isWithinLimit($0) }.max { $0.throughput < $1.throughput }
  }

  private func isWithinLimit(_ measurement: BenchmarkMeasurement) -> Bool {
    latencyLimit.map { measurement.latency.median <= $0 } ?? true
  }

  /// One row for each model and configuration.
  public var document: Document {
    var blocks: [Block] = []
    if let latencyLimit { blocks.append(.list(models.map { limitSentence($0, latencyLimit) })) }
    blocks.append(.table(table))
    return Document(title: "Throughput and latency", blocks: blocks)
  }

  /// Throughput over latency where there are several configurations, otherwise throughput by model.
  public var charts: [Chart] { configurations.count > 2 ? [curves] : [bars] }

  private var configurations: [BenchmarkConfiguration] {
    measurements.map(\.configuration).reduce(into: []) { list, next in
      if !list.contains(next) { list.append(next) }
    }
  }

  private var curves: Chart {
    let series = models.map { model in
      let best = best(of: model)?.configuration
      let own = measurements.filter { $0.model == model }.sorted { $0.latency.median < $1.latency.median }
      return LinePlot.Series(
        model,
        own.map { measurement in
          let isBest = measurement.configuration == best
          return .init(
            measurement.latency.median * 1000, measurement.throughput,
            label: isBest ? "best: \(Self.name(measurement.configuration))" : "")
        }, isConnected: false, isReference: models.count > 1 && model == models.first)
    }
    let slowest = measurements.map(\.latency.median).max() ?? 0
    var guides: [LinePlot.Guide] = []
    var subtitle = "Upper left is better; one point for each configuration"
    if let latencyLimit {
      let text = NumberFormat.significant(3, unit: "ms").string(for: latencyLimit * 1000)
      if latencyLimit <= slowest * Self.farthestLimit {
        guides.append(LinePlot.Guide(.x, at: latencyLimit * 1000, label: "limit \(text)"))
      } else {
        subtitle += "; the limit of \(text) lies far to the right"
      }
    }
    let plot = LinePlot(
      series: series, xAxis: Axis("Median latency", format: .significant(3, unit: "ms")),
      yAxis: Axis("Throughput", format: .significant(3, unit: "FPS")), guides: guides)
    return Chart(
      title: "Throughput over latency of \(models.joined(separator: " and "))",
      subtitle: subtitle, .lines(plot))
  }

  private var bars: Chart {
    let series = models.map { model in
      BarPlot.Series(
        model,
        configurations.map { configuration in
          measurements.first { $0.model == model && $0.configuration == configuration }?.throughput
        },
        isReference: models.count > 1 && model == models.first)
    }
    let plot = BarPlot(
      categoryTitle: "Configuration", categories: configurations.map(Self.name), series: series,
      axis: Axis("Throughput", format: .significant(3, unit: "FPS")))
    return Chart(
      title: "Throughput of \(models.joined(separator: " and "))", subtitle: "Higher is better", .bars(plot))
  }

  /// `configurations`: one object for each model and configuration.
  public var data: DataValue {
    [
      "configurations": .array(
        measurements.map { measurement in
          [
            "model": .string(measurement.model), "precision": .string(measurement.precision),
            "streams": .integer(measurement.configuration.streams), "batch": .integer(measurement.configuration.batch),
            "threads": .integer(measurement.configuration.threads), "throughputFPS": .number(measurement.throughput),
            "latencyMilliseconds": [
              "median": .number(measurement.latency.median * 1000), "p90": .number(measurement.latency.p90 * 1000),
              "p99": .number(measurement.latency.p99 * 1000),
            ],
            "iterations": .integer(measurement.iterationCount),
          ]
        })
    ]
  }

  private var models: [String] {
    measurements.map(\.model).reduce(into: [String]()) { list, next in if !list.contains(next) { list.append(next) } }
  }

  private static func name(_ configuration: BenchmarkConfiguration) -> String {
    "\(configuration.streams) \(configuration.streams == 1 ? "stream" : "streams"), batch \(configuration.batch)"
  }

  private func limitSentence(_ model: String, _ limit: Double) -> RichText {
    let limitText = NumberFormat.significant(3, unit: "ms").string(for: limit * 1000)
    guard let best = best(of: model) else {
      return RichText("\(model): no configuration keeps the median latency within \(limitText).")
    }
    let throughput = NumberFormat.decimals(2, unit: "FPS").string(for: best.throughput)
    return RichText("\(model): best within \(limitText) is \(Self.name(best.configuration)) with \(throughput).")
  }

  private var table: Table {
    let milliseconds = Column.Kind.number(.decimals(2, unit: "ms"))
    let rows = measurements.map { measurement in
      Row(
        [
          .text(measurement.model), .text(measurement.precision), .integer(measurement.configuration.streams),
          .integer(measurement.configuration.batch), .integer(measurement.configuration.threads),
          .number(measurement.throughput), .number(measurement.latency.median * 1000),
          .number(measurement.latency.p90 * 1000), .number(measurement.latency.p99 * 1000),
          .integer(measurement.iterationCount),
        ], isFlagged: !isWithinLimit(measurement))
    }
    return Table(
      columns: [
        Column(id: "model", title: "Model"), Column(id: "precision", title: "Precision"),
        Column(id: "streams", title: "Streams", kind: .integer, help: "Inferences that run at the same time."),
        Column(id: "batch", title: "Batch", kind: .integer, help: "Images in one inference."),
        Column(id: "threads", title: "Threads", kind: .integer, help: "Threads that all streams share."),
        Column(
          id: "throughput", title: "Throughput", kind: .number(.decimals(2, unit: "FPS")),
          help: "Images processed in a second; higher is better."),
        Column(
          id: "latency_median", title: "Median latency", kind: milliseconds,
          help: "Half of the inferences take at most this time; lower is better."),
        Column(id: "latency_p90", title: "p90", kind: milliseconds),
        Column(id: "latency_p99", title: "p99", kind: milliseconds),
        Column(id: "iterations", title: "Iterations", kind: .integer),
      ], rows: rows,
      flag: latencyLimit == nil
        ? nil : .init(id: "exceeds_limit", label: "too slow", filterLabel: "Show only those beyond the limit"),
      noun: .init("configuration", "configurations"))
  }
}
