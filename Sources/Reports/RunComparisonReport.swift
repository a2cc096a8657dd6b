public import Documents
import Evaluation
public import Workspaces

/// Two runs side by side: what made them, and how what they found out has changed.
public struct RunComparisonReport: Report {
  /// A run and what it found out.
  public struct Side: Sendable {
    /// The run.
    public let run: RunRecord
    /// What it found out, by the name of the model.
    public let findings: [(model: String, finding: RunFinding)]

    /// A side.
    public init(_ run: RunRecord, _ findings: [(model: String, finding: RunFinding)]) {
      self.run = run
      self.findings = findings
    }
  }

  /// How sure it is that something has changed.
  private enum Verdict: String {
    case higher, lower
    case same = "no clear change"
    case unknown = "not known"
  }

  private struct Change {
    var model: String
    var quantity: String
    var unit: String
    var before: Double
    var after: Double
    /// The ends of the interval of the ratio.
    var ratio: Interval?
    var verdict: Verdict
  }

  /// The run that is compared with.
  public let before: Side
  /// The run that is compared.
  public let after: Side

  /// Makes a report.
  public init(before: Side, after: Side) {
    self.before = before
    self.after = after
  }

  /// The runs, what differs in how they were made, and one row for each number that both found out.
  public var document: Document {
    var blocks: [Block] = [.table(runs)]
    if before.run.version != after.run.version || before.run.instructions != after.run.instructions {
      blocks.append(
        .callout(Callout(.note, "The runs differ in the version of Octet or in the instruction set: see above.")))
    }
    let changes = changes
    if changes.isEmpty {
      blocks.append(.callout(Callout(.warning, "There is no number that both runs have found out of the same model.")))
    } else {
      blocks.append(.table(Self.table(changes)))
    }
    return Document(
      title: "Comparison of runs", subtitle: RichText("run \(after.run.id) beside run \(before.run.id)"),
      blocks: blocks)
  }

  /// `before` and `after`, and the columns and rows of the numbers.
  public var data: DataValue {
    let head: [DataValue.Member] = [
      .init(key: "before", value: .integer(before.run.id)), .init(key: "after", value: .integer(after.run.id)),
    ]
    return .object(head + DataValue.columnsAndRows(of: Self.table(changes)))
  }

  private var runs: Table {
    let classes = ClassNames(nil)
    let columns: [RunColumn] = [.run, .begun, .models, .status, .version, .statement]
    return Table(
      columns: columns.map(\.column) + [Column(id: "instructions", title: "Instruction set")],
      rows: [before.run, after.run].map { run in
        Row(columns.map { $0.cell(run, classes) } + [.text(run.instructions)])
      }, noun: .init("run", "runs"))
  }

  private var changes: [Change] {
    // Where each run is about one model, these are compared whatever they are called.
    let isSingle = before.findings.count == 1 && after.findings.count == 1
    return after.findings.flatMap { model, found -> [Change] in
      guard let known = before.findings.first(where: { isSingle || $0.model == model }) else { return [] }
      let name = known.model == model ? model : "\(known.model) → \(model)"
      return Self.speeds(known.finding, found, name) + Self.figures(known.finding, found, name)
    }
  }

  private static func speeds(_ before: RunFinding, _ after: RunFinding, _ model: String) -> [Change] {
    after.measurements.flatMap { new -> [Change] in
      guard
        let old = before.measurements.first(where: {
          $0.streams == new.streams && $0.batch == new.batch && $0.threads == new.threads
        })
      else { return [] }
      let place = "\(new.streams) \(new.streams == 1 ? "stream" : "streams"), batch \(new.batch)"
      let speed = SpeedComparison(before: old.slices, after: new.slices)
      let verdict: Verdict =
        speed.interval == nil
        ? .unknown : speed.verdict == .faster ? .higher : speed.verdict == .slower ? .lower : .same
      return [
        Change(
          model: model, quantity: "throughput, \(place)", unit: "FPS", before: old.throughput, after: new.throughput,
          ratio: speed.interval, verdict: verdict),
        Change(
          model: model, quantity: "median latency, \(place)", unit: "ms", before: old.medianLatency * 1000,
          after: new.medianLatency * 1000, ratio: nil, verdict: .unknown),
      ]
    }
  }

  private static func figures(_ before: RunFinding, _ after: RunFinding, _ model: String) -> [Change] {
    after.figures.compactMap { new in
      guard let old = before.figures.first(where: { $0.name == new.name }) else { return nil }
      var verdict = Verdict.unknown
      if let (a, b) = old.interval.flatMap({ a in new.interval.map { (a, $0) } }) {
        verdict = b.lowerBound > a.upperBound ? .higher : b.upperBound < a.lowerBound ? .lower : .same
      }
      return Change(
        model: model, quantity: new.name, unit: "", before: old.value, after: new.value, ratio: nil, verdict: verdict)
    }
  }

  private static func table(_ changes: [Change]) -> Table {
    let number = Column.Kind.number(.significant(4))
    return Table(
      columns: [
        Column(id: "model", title: "Model"), Column(id: "quantity", title: "Quantity"),
        Column(id: "before", title: "Before", kind: number), Column(id: "after", title: "After", kind: number),
        Column(id: "unit", title: "Unit"),
        Column(id: "ratio", title: "Ratio", kind: .number(.significant(3)), help: "After divided by before."),
        Column(
          id: "lower", title: "from", kind: .number(.significant(3)),
          help: "The lower end of Welch's interval of 95 % of the ratio."),
        Column(
          id: "upper", title: "to", kind: .number(.significant(3)),
          help: "The upper end of Welch's interval of 95 % of the ratio."),
        Column(
          id: "verdict", title: "Verdict",
          help:
            "Higher or lower only where the whole interval says so; of accuracies, where the intervals do not overlap."),
      ],
      rows: changes.map { change in
        Row(
          [
            .text(change.model), .text(change.quantity), .number(change.before), .number(change.after),
            .text(change.unit), change.before != 0 ? .number(change.after / change.before) : .missing,
            change.ratio.map { .number($0.lower) } ?? .missing, change.ratio.map { .number($0.upper) } ?? .missing,
            .text(change.verdict.rawValue),
          ])
      }, noun: .init("number", "numbers"))
  }
}
