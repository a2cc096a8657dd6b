public import Documents
public import Evaluation

/// Two models side by side: speed, size, memory, precisions and layer types.
public struct ModelComparisonReport: Report {
  /// What is known of one of the models.
  public struct Side: Sendable {
    /// The model's name.
    public let name: String
    /// What was measured.
    public let measurement: BenchmarkMeasurement
    /// The bytes of the weights as the model stores them.
    public let weightByteCount: Int
    /// The bytes of activations that one executor takes.
    public let arenaByteCount: Int
    /// The layers of the plan with the seconds that each takes.
    public let layers: [Layer]

    /// Takes what is known of a model.
    public init(
      name: String, measurement: BenchmarkMeasurement, weightByteCount: Int, arenaByteCount: Int, layers: [Layer]
    ) {
      self.name = name
      self.measurement = measurement
      self.weightByteCount = weightByteCount
      self.arenaByteCount = arenaByteCount
      self.layers = layers
    }
  }

  /// One layer of a plan.
  public struct Layer: Sendable, Hashable {
    /// The operator with what is fused into it, as `Conv+Relu`.
    public let operation: String
    /// `FP32`, `INT8` or another element type.
    public let precision: String
    /// The time of one inference that it takes.
    public let seconds: Double

    /// Takes a layer.
    public init(operation: String, precision: String, seconds: Double) {
      self.operation = operation
      self.precision = precision
      self.seconds = seconds
    }
  }

  /// The model that is compared with.
  public let reference: Side
  /// The model that is compared.
  public let optimized: Side
  /// How their speeds compare.
  public let speed: SpeedComparison

  /// Makes a report.
  public init(reference: Side, optimized: Side, speed: SpeedComparison) {
    self.reference = reference
    self.optimized = optimized
    self.speed = speed
  }

  /// The outcome in one sentence, with its uncertainty.
  public var sentence: String {
    let ratio = Self.times(speed.verdict == .slower ? 1 / speed.ratio : speed.ratio)
    let interval = speed.interval.map { interval in
      let (lower, upper) =
        speed.verdict == .slower ? (1 / interval.upper, 1 / interval.lower) : (interval.lower, interval.upper)
      return " (95 % interval \(Self.times(lower)) to \(Self.times(upper)))"
    }
    return switch speed.verdict {
    case .faster: "\(optimized.name) is \(ratio) faster than \(reference.name)\(interval ?? "")."
    case .slower: "\(optimized.name) is not faster than \(reference.name): it is \(ratio) slower\(interval ?? "")."
    case .same:
      "\(optimized.name) is not faster than \(reference.name): \(ratio)\(interval ?? "; too few measurements for an interval")."
    }
  }

  /// The sentence, a table of both models, and their layer types.
  public var document: Document {
    Document(
      title: "\(reference.name) and \(optimized.name)",
      blocks: [
        .callout(Callout(speed.verdict == .faster ? .note : .warning, RichText(sentence))),
        .table(overview), .heading("Layer types", level: 1), .table(layerTypes),
      ])
  }

  /// The sentence, the ratio with its interval, both models and their layer types.
  public var data: DataValue {
    func side(_ side: Side) -> DataValue {
      [
        "model": .string(side.name), "precision": .string(side.measurement.precision),
        "throughputFPS": .number(side.measurement.throughput),
        "latencyMilliseconds": [
          "median": .number(side.measurement.latency.median * 1000),
          "p90": .number(side.measurement.latency.p90 * 1000),
          "p99": .number(side.measurement.latency.p99 * 1000),
        ],
        "weightBytes": .integer(side.weightByteCount), "activationBytes": .integer(side.arenaByteCount),
        "precisions": .array(precisions(side).map { .string($0) }),
      ]
    }
    let head: [DataValue.Member] = [
      .init(key: "sentence", value: .string(sentence)), .init(key: "ratio", value: .number(speed.ratio)),
      .init(key: "ratioLower", value: speed.interval.map { .number($0.lower) } ?? .null),
      .init(key: "ratioUpper", value: speed.interval.map { .number($0.upper) } ?? .null),
      .init(key: "models", value: [side(reference), side(optimized)]),
    ]
    return .object(head + DataValue.columnsAndRows(of: layerTypes))
  }

  private static func times(_ ratio: Double) -> String {
    NumberFormat(ratio < 10 ? .decimals(2) : .decimals(1), showsBounds: false).string(for: ratio) + "x"
  }

  private func precisions(_ side: Side) -> [String] { Set(side.layers.map(\.precision)).sorted() }

  private var overview: Table {
    func row(_ label: String, _ value: (Side) -> String, ratio: Double? = nil) -> Row {
      Row([
        .text(label), .text(value(reference)), .text(value(optimized)),
        ratio.flatMap { $0.isFinite ? Cell.text(Self.times($0)) : nil } ?? .missing,
      ])
    }
    let fps = NumberFormat.decimals(2, unit: "FPS")
    let ms = NumberFormat.decimals(2, unit: "ms")
    func quotient(_ value: (Side) -> Double) -> Double { value(optimized) / value(reference) }
    return Table(
      columns: [
        Column(id: "quantity", title: "Quantity"),
        Column(id: "reference", title: reference.name, alignment: .trailing),
        Column(id: "optimized", title: optimized.name, alignment: .trailing),
        Column(
          id: "ratio", title: "Ratio", alignment: .trailing,
          help: "The second model's value divided by the first one's; of throughput, the mean over turns."),
      ],
      rows: [
        row("Throughput", { fps.string(for: $0.measurement.throughput) }, ratio: speed.ratio),
        row(
          "Median latency", { ms.string(for: $0.measurement.latency.median * 1000) },
          ratio: quotient(\.measurement.latency.median)),
        row(
          "p99 latency", { ms.string(for: $0.measurement.latency.p99 * 1000) },
          ratio: quotient(\.measurement.latency.p99)),
        row(
          "Size of weights", { NumberFormat.bytes.string(for: $0.weightByteCount) },
          ratio: quotient { Double($0.weightByteCount) }),
        row(
          "Memory for activations", { NumberFormat.bytes.string(for: $0.arenaByteCount) },
          ratio: quotient { Double($0.arenaByteCount) }),
        row("Precisions", { precisions($0).joined(separator: ", ") }),
        row("Layers after fusing", { NumberFormat.integer.string(for: $0.layers.count) }),
      ], noun: .init("quantity", "quantities"))
  }

  private var layerTypes: Table {
    struct Key: Hashable, Comparable {
      let operation: String
      let precision: String
      static func < (left: Key, right: Key) -> Bool {
        (left.operation, left.precision) < (right.operation, right.precision)
      }
    }
    func totals(_ side: Side) -> [Key: (count: Int, seconds: Double)] {
      side.layers.reduce(into: [:]) { totals, layer in
        let key = Key(operation: layer.operation, precision: layer.precision)
        let old = totals[key] ?? (0, 0)
        totals[key] = (old.count + 1, old.seconds + layer.seconds)
      }
    }
    let (left, right) = (totals(reference), totals(optimized))
    let time = Column.Kind.number(.decimals(3, unit: "ms"))
    func cells(_ total: (count: Int, seconds: Double)?) -> [Cell] {
      total.map { [.integer($0.count), .number($0.seconds * 1000)] } ?? [.missing, .missing]
    }
    let rows = Set(left.keys).union(right.keys).sorted().map { key in
      Row([.text(key.operation), .text(key.precision)] + cells(left[key]) + cells(right[key]))
    }
    return Table(
      columns: [
        Column(id: "layer_type", title: "Layer Type"), Column(id: "precision", title: "Precision"),
        Column(id: "reference_layers", title: "Layers of \(reference.name)", kind: .integer),
        Column(
          id: "reference_time", title: "Time of \(reference.name)", kind: time,
          help: "Of one inference, median of several."),
        Column(id: "optimized_layers", title: "Layers of \(optimized.name)", kind: .integer),
        Column(id: "optimized_time", title: "Time of \(optimized.name)", kind: time),
      ], rows: rows, sort: [], noun: .init("layer type", "layer types"))
  }
}
