public import Documents
public import Evaluation

/// How good one model or several are at their task, on a dataset.
public struct EvaluationReport: Report {
  /// One model and how good it is.
  public struct Side: Sendable {
    /// The name of the model.
    public let name: String
    /// How good it is.
    public let evaluation: any TaskEvaluation
    /// What was decided about its classes, in sentences; empty for nothing.
    public let note: String
    /// What would make it better, where it is hardly better than chance; nil where it is better.
    public var suspicion: Suspicion?
    /// The names of the classes, as they are counted in the tables.
    let classes: ClassNames

    /// A model.
    public init(
      name: String, evaluation: any TaskEvaluation, note: String = "", suspicion: Suspicion? = nil,
      classes: ClassNames = ClassNames(nil)
    ) {
      self.name = name
      self.evaluation = evaluation
      self.note = note
      self.suspicion = suspicion
      self.classes = classes
    }

    /// Whether both are judged by the same figure.
    public func isComparable(with other: Side) -> Bool {
      evaluation.figures.first?.name == other.evaluation.figures.first?.name
    }
  }

  /// The name of the dataset.
  public let dataset: String
  /// The models, the one that the others are compared with first.
  public let sides: [Side]

  /// Makes a report of at least one model.
  public init(dataset: String, sides: [Side]) {
    self.dataset = dataset
    self.sides = sides
  }

  private var section: (any EvaluationSection)? { EvaluationSections.section(of: sides) }

  /// The figures on top, what to know of them, and tables by class or by picture.
  public var document: Document {
    var blocks: [Block] = [.facts(headline)]
    for side in sides {
      if let suspicion = side.suspicion { blocks += suspicion.blocks(side.name) }
    }
    if sides.count > 1, sides[0].evaluation.figures.count > 1 { blocks.append(.table(figures)) }
    blocks += section?.remarks ?? []
    for note in notes { blocks.append(.paragraph(RichText(note))) }
    if let first = sides.first { blocks += SkippedFiles.blocks(first.evaluation.skipped) }
    blocks += section?.blocks ?? []
    let names = sides.map(\.name).joined(separator: " and ")
    return Document(title: "Evaluation of \(names)", subtitle: "on \(dataset)", blocks: blocks)
  }

  /// Charts by class.
  public var charts: [Chart] { section?.charts ?? [] }
  /// Behind the page.
  public var chartsFollow: Bool { true }

  /// `metrics` of the first model by name, all models with theirs, and the columns and rows of the table.
  public var data: DataValue {
    let models = sides.map { side -> DataValue in
      .object(
        [
          .init(key: "model", value: .string(side.name)),
          .init(key: "images", value: .integer(side.evaluation.imageCount)),
          .init(key: "skipped", value: .integer(side.evaluation.skipped.count)),
          .init(key: "metrics", value: Self.metrics(side.evaluation)), .init(key: "note", value: .string(side.note)),
        ] + (side.suspicion.map { [.init(key: "suspicion", value: $0.data)] } ?? []))
    }
    let head: [DataValue.Member] = [
      .init(key: "report", value: "evaluation"), .init(key: "dataset", value: .string(dataset)),
      .init(key: "metrics", value: sides.first.map { Self.metrics($0.evaluation) } ?? .null),
      .init(key: "models", value: .array(models)),
    ]
    return .object(head + (section.map { DataValue.columnsAndRows(of: $0.table) } ?? []))
  }

  private static func metrics(_ evaluation: any TaskEvaluation) -> DataValue {
    .object(
      evaluation.figures.flatMap { figure -> [DataValue.Member] in
        let value = DataValue.Member(key: figure.name, value: figure.value.map(DataValue.number) ?? .null)
        guard let interval = figure.interval else { return [value] }
        return [
          value, .init(key: figure.name + " lower", value: .number(interval.lower)),
          .init(key: figure.name + " upper", value: .number(interval.upper)),
        ]
      })
  }

  private var notes: [String] {
    var known: [String] = []
    for side in sides where !side.note.isEmpty && !known.contains(side.note) { known.append(side.note) }
    return known
  }

  private var headline: FactList {
    guard sides.count > 1, let first = sides.first?.evaluation.figures.first else {
      let figures = sides.first?.evaluation.figures ?? []
      return FactList(figures.prefix(4).map { fact($0.name, $0) }, style: .headline)
    }
    return FactList(
      sides.enumerated().compactMap { index, side in
        guard let figure = side.evaluation.figures.first else { return nil }
        var fact = fact("\(figure.name), \(side.name)", figure)
        if index > 0, let drop = FigureText.drop(figure, from: first) { fact.note = "\(drop); \(fact.note)" }
        return fact
      }, style: .headline)
  }

  private func fact(_ label: String, _ figure: AccuracyFigure) -> FactList.Fact {
    var notes: [String] = []
    if let interval = figure.interval {
      let text = [interval.lower, interval.upper].map { FigureText.text($0, figure.unit) }.joined(separator: " to ")
      notes.append("95 % interval \(text)")
    }
    let count = NumberFormat.integer.string(for: figure.count)
    notes.append("\(count) \(figure.name == "pairwise accuracy" ? "pairs" : "images")")
    if !figure.isHigherBetter { notes.append("lower is better") }
    return .init(label, FigureText.text(figure.value, figure.unit), note: notes.joined(separator: "; "))
  }

  /// All figures of all models, with what is lost from the first to the last.
  private var figures: Table {
    let names = sides.first?.evaluation.figures.map(\.name) ?? []
    var columns = [Column(id: "figure", title: "Figure")]
    columns += sides.enumerated().map { Column(id: "model_\($0.offset)", title: $0.element.name, alignment: .trailing) }
    columns.append(
      Column(
        id: "change", title: "Change", alignment: .trailing, help: "From the first model to the last one."))
    return Table(
      columns: columns,
      rows: names.indices.map { index in
        let figures = sides.map { side in
          side.evaluation.figures.first { $0.name == names[index] }
        }
        let change = figures.last.flatMap { $0 }.flatMap { last in
          figures.first.flatMap { $0 }.flatMap { FigureText.change(last, from: $0) }
        }
        return Row(
          [.text(names[index])] + figures.map { .text(FigureText.text($0?.value, $0?.unit ?? .number)) }
            + [change.map(Cell.text) ?? .missing])
      }, noun: .init("figure", "figures"))
  }
}

/// Figures in words.
enum FigureText {
  static func text(_ value: Double?, _ unit: AccuracyFigure.Unit) -> String {
    guard let value else { return "N/A" }
    return format(unit).string(for: value)
  }

  static func format(_ unit: AccuracyFigure.Unit) -> NumberFormat {
    switch unit {
    case .share: .percent(decimals: 2)
    case .number: .decimals(4)
    case .decibels: .decimals(2, unit: "dB")
    }
  }

  /// What is lost, as `drop 0.42 percentage points`; nil where a value is missing.
  static func drop(_ figure: AccuracyFigure, from first: AccuracyFigure) -> String? {
    guard let value = figure.value, let reference = first.value, value.isFinite, reference.isFinite else { return nil }
    let loss = (reference - value) * (first.isHigherBetter ? 1 : -1)
    let (size, word) = (abs(loss), loss > 0 ? "worse" : "better")
    guard size > 1e-12 else { return "equal" }
    switch figure.unit {
    case .share: return "\(NumberFormat.decimals(2).string(for: size * 100)) percentage points \(word)"
    case .number: return "\(NumberFormat.decimals(4).string(for: size)) \(word)"
    case .decibels: return "\(NumberFormat.decimals(2, unit: "dB").string(for: size)) \(word)"
    }
  }

  /// The difference with its sign.
  static func change(_ figure: AccuracyFigure, from first: AccuracyFigure) -> String? {
    guard let value = figure.value, let reference = first.value, value.isFinite, reference.isFinite else { return nil }
    let change = value - reference
    var format =
      figure.unit == .share ? NumberFormat.decimals(2, unit: "points") : FigureText.format(figure.unit)
    format.showsPlus = true
    return format.string(for: figure.unit == .share ? change * 100 : change)
  }
}
