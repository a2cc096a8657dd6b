public import Documents
public import Evaluation

/// Two or more models side by side: speed, quality, size, memory, precisions, layer types and layers.
public struct ModelComparisonReport: Report {
  /// What is known of one of the models.
  public struct Side: Sendable {
    /// The model's name.
    public let name: String
    /// What was measured.
    public let measurement: BenchmarkMeasurement
    /// The bytes of the weights as the model stores them.
    public let weightByteCount: Int
    /// The bytes of activations that all streams take.
    public let arenaByteCount: Int
    /// The steps of the plan with the seconds that each takes.
    public let layers: [LayerTiming]
    /// How well it predicts; nil where no dataset was given.
    public let quality: Quality?

    /// Takes what is known of a model.
    public init(
      name: String, measurement: BenchmarkMeasurement, weightByteCount: Int, arenaByteCount: Int,
      layers: [LayerTiming], quality: Quality? = nil
    ) {
      self.name = name
      self.measurement = measurement
      self.weightByteCount = weightByteCount
      self.arenaByteCount = arenaByteCount
      self.layers = layers
      self.quality = quality
    }

    /// The time of all steps together.
    var seconds: Double { layers.reduce(0) { $0 + ($1.seconds ?? 0) } }
    /// The precisions that it computes in.
    var precisions: [String] { Set(layers.map(\.precision)).sorted() }

    /// The share of the time that some steps take; 0 where nothing was measured.
    func share(_ isIncluded: (LayerTiming) -> Bool) -> Double {
      seconds > 0 ? layers.filter(isIncluded).reduce(0) { $0 + ($1.seconds ?? 0) } / seconds : 0
    }
  }

  /// How well a model predicts the pictures of a dataset.
  public struct Quality: Sendable {
    /// How many pictures get the class that the annotations name; nil without annotations.
    public let correctCount: Int?
    /// How many pictures get the class that the reference model predicts; nil for the reference itself.
    public let agreementCount: Int?
    /// How many pictures there are.
    public let imageCount: Int

    /// Takes counts.
    public init(correctCount: Int?, agreementCount: Int?, imageCount: Int) {
      self.correctCount = correctCount
      self.agreementCount = agreementCount
      self.imageCount = imageCount
    }
  }

  /// A model beside the reference.
  public struct Comparison: Sendable {
    /// The model.
    public let side: Side
    /// How its speed compares with the reference's.
    public let speed: SpeedComparison

    /// Takes a model and its speed.
    public init(_ side: Side, speed: SpeedComparison) {
      self.side = side
      self.speed = speed
    }
  }

  /// The model that is compared with.
  public let reference: Side
  /// The models that are compared; at least one.
  public let others: [Comparison]
  /// The name of the dataset that the quality is of; nil without one.
  public let dataset: String?
  /// The largest loss of quality that is tolerated, as a part of 1; nil where none was named.
  public let toleratedDrop: Double?

  /// Makes a report.
  public init(reference: Side, others: [Comparison], dataset: String? = nil, toleratedDrop: Double? = nil) {
    self.reference = reference
    self.others = others
    self.dataset = dataset
    self.toleratedDrop = toleratedDrop
  }

  var sides: [Side] { [reference] + others.map(\.side) }

  /// The outcome in one sentence for each model, with its uncertainty.
  public var sentences: [String] { others.map(sentence) }

  private func sentence(_ other: Comparison) -> String {
    let (speed, name) = (other.speed, other.side.name)
    let ratio = Self.times(speed.verdict == .slower ? 1 / speed.ratio : speed.ratio)
    let interval = speed.interval.map { interval in
      let (lower, upper) =
        speed.verdict == .slower ? (1 / interval.upper, 1 / interval.lower) : (interval.lower, interval.upper)
      return " (95 % interval \(Self.times(lower)) to \(Self.times(upper)))"
    }
    return switch speed.verdict {
    case .faster: "\(name) is \(ratio) faster than \(reference.name)\(interval ?? "")."
    case .slower: "\(name) is not faster than \(reference.name): it is \(ratio) slower\(interval ?? "")."
    case .same:
      "\(name) is not faster than \(reference.name): \(ratio)\(interval ?? "; too few measurements for an interval")."
    }
  }

  /// Whether the loss of quality of each model is tolerated, with the numbers; empty where no limit was named.
  public var verdicts: [(text: String, isAcceptable: Bool)] {
    guard let toleratedDrop, let parent = reference.quality, parent.imageCount > 0 else { return [] }
    let percent = NumberFormat.percent(decimals: 2)
    return others.compactMap { other in
      guard let quality = other.side.quality else { return nil }
      let count = Double(parent.imageCount)
      let drop: Double
      let what: String
      if let before = parent.correctCount, let after = quality.correctCount {
        drop = Double(before - after) / count
        what =
          "accuracy@top1 goes from \(percent.string(for: Double(before) / count)) "
          + "to \(percent.string(for: Double(after) / count))"
      } else if let agreement = quality.agreementCount {
        drop = Double(parent.imageCount - agreement) / count
        what = "\(parent.imageCount - agreement) of \(parent.imageCount) images get another class"
      } else {
        return nil
      }
      let isAcceptable = drop <= toleratedDrop
      let points = NumberFormat(.decimals(2), unit: "%", showsBounds: false).string(for: drop)
      let limit = percent.string(for: toleratedDrop)
      return (
        "\(other.side.name): the price is \(isAcceptable ? "acceptable" : "too high"): \(what), a loss of \(points) "
          + "where \(limit) is tolerated.", isAcceptable
      )
    }
  }

  /// The sentences, a table of all models, hints, and their layer types, precisions and layers.
  public var document: Document {
    var blocks: [Block] = zip(others, sentences).map { other, sentence in
      .callout(Callout(other.speed.verdict == .faster ? .note : .warning, RichText(sentence)))
    }
    blocks += verdicts.map { Block.callout(Callout($0.isAcceptable ? .note : .warning, RichText($0.text))) }
    blocks.append(.table(overview))
    let hints = ComparisonHints.sentences(of: self)
    if !hints.isEmpty { blocks += [.heading("Hints", level: 1), .list(hints)] }
    blocks += [.heading("Layer types", level: 1), .table(ComparisonTables.layerTypes(sides))]
    blocks += [.heading("Precisions", level: 1), .table(ComparisonTables.precisions(sides))]
    let transitions = ComparisonTables.transitions(sides)
    if !transitions.rows.isEmpty {
      blocks.append(.details(summary: "Changes of precision from layer to layer", blocks: [.table(transitions)]))
    }
    for other in others {
      blocks.append(
        .details(
          summary: "\(reference.name) and \(other.side.name), layer by layer",
          blocks: [.table(ComparisonTables.layers(reference, other.side))]))
    }
    return Document(title: sides.map(\.name).joined(separator: " and "), blocks: blocks)
  }

  /// The slowest layers and the time by precision.
  public var charts: [Chart] { ComparisonCharts.charts(sides) }

  /// Behind the page.
  public var chartsFollow: Bool { true }

  /// The sentences, the ratios with their intervals, the models, their layer types and their layers.
  public var data: DataValue {
    func quality(_ side: Side) -> DataValue {
      guard let quality = side.quality else { return .null }
      return [
        "images": .integer(quality.imageCount), "correct": quality.correctCount.map(DataValue.integer) ?? .null,
        "agreeing": quality.agreementCount.map(DataValue.integer) ?? .null,
      ]
    }
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
        "precisions": .array(side.precisions.map { .string($0) }), "quality": quality(side),
      ]
    }
    var head: [DataValue.Member] = []
    if let first = others.first {
      head = [
        .init(key: "sentence", value: .string(sentence(first))), .init(key: "ratio", value: .number(first.speed.ratio)),
        .init(key: "ratioLower", value: first.speed.interval.map { .number($0.lower) } ?? .null),
        .init(key: "ratioUpper", value: first.speed.interval.map { .number($0.upper) } ?? .null),
      ]
    }
    head += [
      .init(key: "sentences", value: .array(sentences.map { .string($0) })),
      .init(
        key: "verdicts",
        value: .array(verdicts.map { ["text": .string($0.text), "acceptable": .bool($0.isAcceptable)] })),
      .init(key: "models", value: .array(sides.map(side))),
      .init(
        key: "layers",
        value: .array(
          others.map { .object(DataValue.columnsAndRows(of: ComparisonTables.layers(reference, $0.side))) })),
    ]
    return .object(head + DataValue.columnsAndRows(of: ComparisonTables.layerTypes(sides)))
  }

  static func times(_ ratio: Double) -> String {
    NumberFormat(ratio < 10 ? .decimals(2) : .decimals(1), showsBounds: false).string(for: ratio) + "x"
  }

  private var overview: Table {
    func row(_ label: String, _ value: (Side) -> String, ratio: ((Comparison) -> Double)? = nil) -> Row {
      var cells: [Cell] = [.text(label), .text(value(reference))]
      for other in others {
        let quotient = ratio.map { $0(other) }.flatMap { $0.isFinite ? Cell.text(Self.times($0)) : nil }
        cells += [.text(value(other.side)), quotient ?? .missing]
      }
      return Row(cells)
    }
    func quotient(_ value: @escaping (Side) -> Double) -> (Comparison) -> Double {
      { value($0.side) / value(reference) }
    }
    let fps = NumberFormat.decimals(2, unit: "FPS")
    let ms = NumberFormat.decimals(2, unit: "ms")
    var columns = [
      Column(id: "quantity", title: "Quantity"), Column(id: "model_1", title: reference.name, alignment: .trailing),
    ]
    for (place, other) in others.enumerated() {
      columns += [
        Column(id: "model_\(place + 2)", title: other.side.name, alignment: .trailing),
        Column(
          id: others.count == 1 ? "ratio" : "ratio_\(place + 2)", title: "Ratio", alignment: .trailing,
          help: place == 0
            ? "The value at its left divided by that of \(reference.name); of throughput, the mean over turns." : ""),
      ]
    }
    var rows = [
      row("Throughput", { fps.string(for: $0.measurement.throughput) }, ratio: \.speed.ratio),
      row(
        "Median latency", { ms.string(for: $0.measurement.latency.median * 1000) },
        ratio: quotient(\.measurement.latency.median)),
      row(
        "p99 latency", { ms.string(for: $0.measurement.latency.p99 * 1000) },
        ratio: quotient(\.measurement.latency.p99)),
    ]
    rows += qualityRows(row)
    rows += [
      row(
        "Size of weights", { NumberFormat.bytes.string(for: $0.weightByteCount) },
        ratio: quotient { Double($0.weightByteCount) }),
      row(
        "Memory for activations", { NumberFormat.bytes.string(for: $0.arenaByteCount) },
        ratio: quotient { Double($0.arenaByteCount) }),
      row("Precisions", { $0.precisions.joined(separator: ", ") }),
      row("Layers after fusing", { NumberFormat.integer.string(for: $0.layers.count) }),
    ]
    return Table(columns: columns, rows: rows, noun: .init("quantity", "quantities"))
  }

  private func qualityRows(_ row: (String, (Side) -> String, ((Comparison) -> Double)?) -> Row) -> [Row] {
    guard let dataset, let count = reference.quality?.imageCount else { return [] }
    let percent = NumberFormat.percent()
    func text(_ successes: Int?) -> String {
      guard let successes, count > 0 else { return "–" }
      let interval = Interval.wilson(successes: successes, of: count)
      return "\(percent.string(for: Double(successes) / Double(count)))"
        + " (\(percent.string(for: interval.lower)) to \(percent.string(for: interval.upper)))"
    }
    var rows: [Row] = []
    if reference.quality?.correctCount != nil {
      rows.append(row("accuracy@top1 on \(dataset)", { text($0.quality?.correctCount) }, nil))
    }
    rows.append(row("Agreement with \(reference.name)", { text($0.quality?.agreementCount) }, nil))
    return rows
  }
}
