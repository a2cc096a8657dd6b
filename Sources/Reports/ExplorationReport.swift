public import Documents
public import Evaluation

/// How throughput and latency of a model depend on streams and batch.
public struct ExplorationReport: Report {
  /// What was measured.
  public let measurements: [BenchmarkMeasurement]
  /// The largest median latency that is accepted, in seconds; nil for any.
  public let latencyLimit: Double?
  /// How many combinations there are.
  public let gridCount: Int
  /// The combinations that were not tried since they would not fit the memory.
  public let unfit: [BenchmarkConfiguration]

  /// Makes a report.
  public init(
    _ measurements: [BenchmarkMeasurement], latencyLimit: Double?, gridCount: Int, unfit: [BenchmarkConfiguration] = []
  ) {
    self.measurements = measurements
    self.latencyLimit = latencyLimit
    self.gridCount = gridCount
    self.unfit = unfit
  }

  /// The measurement with the highest throughput among those that keep the limit; nil where none does.
  public var best: BenchmarkMeasurement? {
    measurements.filter(isWithinLimit).max { $0.throughput < $1.throughput }
  }

  /// Measurements within the limit whose intervals overlap with that of the best, so that they may be as good.
  public var rivals: [BenchmarkMeasurement] {
    guard let best, let interval = Interval.ofMean(best.sliceThroughputs) else { return [] }
    return measurements.filter { other in
      other.configuration != best.configuration && isWithinLimit(other)
        && (Interval.ofMean(other.sliceThroughputs).map { $0.upper >= interval.lower } ?? false)
    }
  }

  private func isWithinLimit(_ measurement: BenchmarkMeasurement) -> Bool {
    latencyLimit.map { measurement.latency.median <= $0 } ?? true
  }

  /// The best combination, and one row for each that was tried.
  public var document: Document {
    var blocks: [Block] = [.facts(summary)]
    if best == nil {
      let fastest = measurements.map(\.latency.median).min().map { Self.milliseconds.string(for: $0 * 1000) } ?? "–"
      blocks.append(
        .callout(
          Callout(.warning, RichText("No combination keeps the limit; the lowest median latency is \(fastest)."))))
    } else if !rivals.isEmpty {
      let names = rivals.map { Self.name($0.configuration) }.joined(separator: "; ")
      blocks.append(
        .paragraph(RichText("Not distinguishable from the best, since the intervals overlap: \(names).")))
    }
    if !unfit.isEmpty {
      let names = unfit.map(Self.name).joined(separator: "; ")
      blocks.append(.callout(Callout(.note, RichText("Not tried, since they would not fit the memory: \(names)."))))
    }
    blocks.append(.table(table))
    let model = measurements.first.map { "\($0.model), \($0.precision)" } ?? ""
    return Document(title: "Inference configurations", subtitle: RichText(model), blocks: blocks)
  }

  /// Throughput over latency, one line for each number of streams.
  public var charts: [Chart] {
    guard measurements.count > 1 else { return [] }
    let best = best?.configuration
    let series = Set(measurements.map(\.configuration.streams)).sorted().map { streams in
      LinePlot.Series(
        streams == 1 ? "1 stream" : "\(streams) streams",
        measurements.filter { $0.configuration.streams == streams }.sorted {
          $0.configuration.batch < $1.configuration.batch
        }.map { measurement in
          .init(
            measurement.latency.median * 1000, measurement.throughput,
            label: measurement.configuration == best ? "best: \(Self.name(measurement.configuration))" : "")
        })
    }
    let guides = latencyLimit.map { limit in
      [LinePlot.Guide(.x, at: limit * 1000, label: "limit \(Self.milliseconds.string(for: limit * 1000))")]
    }
    let plot = LinePlot(
      series: series, xAxis: Axis("Median latency", format: Self.milliseconds),
      yAxis: Axis("Throughput", format: .significant(3, unit: "FPS")), guides: guides ?? [])
    return [
      Chart(
        title: "Throughput over latency of \(measurements.first?.model ?? "")",
        subtitle: "Upper left is better; along a line the batch grows", .lines(plot))
    ]
  }

  /// `best`, `tried`, `combinations`, and the columns and rows of the table.
  public var data: DataValue {
    let found: DataValue =
      best.map { best in
        [
          "streams": .integer(best.configuration.streams), "batch": .integer(best.configuration.batch),
          "throughputFPS": .number(best.throughput), "medianMilliseconds": .number(best.latency.median * 1000),
        ]
      } ?? .null
    let head: [DataValue.Member] = [
      .init(key: "model", value: .string(measurements.first?.model ?? "")), .init(key: "best", value: found),
      .init(key: "tried", value: .integer(measurements.count)),
      .init(key: "combinations", value: .integer(gridCount)),
    ]
    return .object(head + DataValue.columnsAndRows(of: table))
  }

  private static let milliseconds = NumberFormat.significant(3, unit: "ms")

  private static func name(_ configuration: BenchmarkConfiguration) -> String {
    "\(configuration.streams) \(configuration.streams == 1 ? "stream" : "streams"), batch \(configuration.batch)"
  }

  private var summary: FactList {
    let limit = latencyLimit.map { " within \(Self.milliseconds.string(for: $0 * 1000))" } ?? ""
    let fps = NumberFormat.decimals(2, unit: "FPS")
    var facts: [FactList.Fact] = []
    if let best {
      let interval = Interval.ofMean(best.sliceThroughputs).map {
        "95 % interval \(fps.string(for: $0.lower)) to \(fps.string(for: $0.upper))"
      }
      facts = [
        .init("Best\(limit)", Self.name(best.configuration), note: "\(best.configuration.threads) threads in all"),
        .init("Throughput", fps.string(for: best.throughput), note: interval ?? ""),
        .init("Median latency", Self.milliseconds.string(for: best.latency.median * 1000)),
      ]
    }
    facts.append(.init("Combinations tried", "\(measurements.count) of \(gridCount)"))
    return FactList(facts, style: .headline)
  }

  private var table: Table {
    let time = Column.Kind.number(.decimals(2, unit: "ms"))
    let rate = Column.Kind.number(.decimals(2, unit: "FPS"))
    let rows = measurements.map { measurement in
      let interval = Interval.ofMean(measurement.sliceThroughputs)
      return Row(
        [
          .integer(measurement.configuration.streams), .integer(measurement.configuration.batch),
          .number(measurement.throughput), interval.map { .number($0.lower) } ?? .missing,
          interval.map { .number($0.upper) } ?? .missing, .number(measurement.latency.median * 1000),
          .number(measurement.latency.p90 * 1000), .number(measurement.latency.p99 * 1000),
          .integer(measurement.sliceThroughputs.count), .integer(measurement.iterationCount),
        ], isFlagged: !isWithinLimit(measurement))
    }
    return Table(
      columns: [
        Column(id: "streams", title: "Streams", kind: .integer, help: "Inferences that run at the same time."),
        Column(id: "batch", title: "Batch", kind: .integer, help: "Images in one inference."),
        Column(id: "throughput", title: "Throughput", kind: rate, help: "Images processed in a second."),
        Column(id: "lower", title: "from", kind: rate, help: "The lower end of the interval of 95 % over the repeats."),
        Column(id: "upper", title: "to", kind: rate, help: "The upper end of the interval of 95 % over the repeats."),
        Column(id: "latency_median", title: "Median latency", kind: time, help: "Of one inference."),
        Column(id: "latency_p90", title: "p90", kind: time), Column(id: "latency_p99", title: "p99", kind: time),
        Column(id: "repeats", title: "Repeats", kind: .integer),
        Column(id: "iterations", title: "Iterations", kind: .integer),
      ], rows: rows,
      flag: latencyLimit == nil
        ? nil : .init(id: "exceeds_limit", label: "too slow", filterLabel: "Show only those beyond the limit"),
      noun: .init("combination", "combinations"))
  }
}
