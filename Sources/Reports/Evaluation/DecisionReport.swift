public import Documents
public import Evaluation

/// Whether an optimized model may take the place of its parent, and the numbers that say so.
public struct DecisionReport: Report {
  /// What the loss is told from.
  public enum Evidence: Sendable, Hashable {
    /// The task's figure of both models on annotated pictures, a share of which more is better.
    case measured(parent: AccuracyFigure, optimized: AccuracyFigure)
    /// How many pictures get the parent's class. Accuracy cannot fall by more than the share of the others.
    case agreement(count: Int, of: Int)
  }

  private let model: String
  private let parent: String
  private let dataset: String
  /// What the loss is told from.
  public let evidence: Evidence
  /// The largest loss that is accepted, as a part of 1.
  public let bound: Double

  /// Makes a report.
  public init(model: String, parent: String, dataset: String, evidence: Evidence, bound: Double) {
    self.model = model
    self.parent = parent
    self.dataset = dataset
    self.evidence = evidence
    self.bound = bound
  }

  /// What is lost, or at most lost, as a part of 1; less than 0 for a gain. Nil where a figure has no value.
  public var loss: Double? {
    switch evidence {
    case .measured(let parent, let optimized):
      guard let before = parent.value, let after = optimized.value else { return nil }
      return before - after
    case .agreement(let count, let total): return total > 0 ? Double(total - count) / Double(total) : nil
    }
  }

  /// Whether the loss is known and within the bound. What counts is a whole number of pictures, so that one that is
  /// exactly the bound is within it whatever binary fractions make of it.
  public var isAcceptable: Bool { loss.map { $0 <= bound + 1e-12 } ?? false }

  /// The verdict, the loss beside the bound, and what they are told from.
  public var document: Document {
    let percent = NumberFormat.percent(decimals: 2)
    let verdict = loss == nil ? "Unknown" : isAcceptable ? "Acceptable" : "Too big"
    let points = loss.map { NumberFormat.decimals(2).string(for: abs($0) * 100) } ?? "N/A"
    let isGain = (loss ?? 0) < 0
    let facts = FactList(
      [
        .init("Trade-off", verdict, note: "up to \(percent.string(for: bound)) may be lost"),
        .init(lossLabel(isGain), "\(points) points", note: lossNote),
      ], style: .headline)
    return Document(
      title: "May \(model) replace \(parent)?", subtitle: "on \(dataset)",
      blocks: [.facts(facts)] + remarks.map { .paragraph(RichText($0)) })
  }

  private func lossLabel(_ isGain: Bool) -> String {
    switch evidence {
    case .measured(let parent, _): "\(parent.name) \(isGain ? "gained" : "lost")"
    case .agreement: "Accuracy lost at most"
    }
  }

  private var lossNote: String {
    let percent = NumberFormat.percent(decimals: 2)
    func text(_ value: Double?) -> String { value.map { percent.string(for: $0) } ?? "N/A" }
    switch evidence {
    case .measured(let parent, let optimized):
      return "\(text(parent.value)) becomes \(text(optimized.value)) on \(parent.count) "
        + (parent.name == "pairwise accuracy" ? "pairs" : "images")
    case .agreement(let count, let total): return "\(total - count) of \(total) images get another class"
    }
  }

  private var remarks: [String] {
    let percent = NumberFormat.percent(decimals: 2)
    switch evidence {
    case .measured(_, let optimized):
      guard let interval = optimized.interval else { return [] }
      return [
        "On other pictures \(optimized.name) of \(model) may lie anywhere from \(percent.string(for: interval.lower)) "
          + "to \(percent.string(for: interval.upper)) (95 % interval)."
      ]
    case .agreement(let count, let total):
      let interval = Interval.wilson(successes: total - count, of: total)
      let text = "\(percent.string(for: interval.lower)) to \(percent.string(for: interval.upper))"
      let start =
        "The dataset has no annotations for the task, so the loss is bounded by the share of images whose class changes: "
        + "95 % interval \(text)."
      guard interval.lower <= bound, bound < interval.upper else { return [start] }
      return [start, "The bound lies within this interval: more images would decide with more certainty."]
    }
  }

  /// `verdict`, `loss`, `bound`, and the figures.
  public var data: DataValue {
    var members: [DataValue.Member] = [
      .init(key: "report", value: "decision"),
      .init(key: "verdict", value: .string(loss == nil ? "unknown" : isAcceptable ? "acceptable" : "too big")),
      .init(key: "loss", value: loss.map(DataValue.number) ?? .null), .init(key: "bound", value: .number(bound)),
      .init(key: "dataset", value: .string(dataset)),
    ]
    switch evidence {
    case .measured(let parent, let optimized):
      members += [
        .init(key: "metric", value: .string(parent.name)), .init(key: "images", value: .integer(parent.count)),
        .init(key: "parent", value: parent.value.map(DataValue.number) ?? .null),
        .init(key: "optimized", value: optimized.value.map(DataValue.number) ?? .null),
      ]
    case .agreement(let count, let total):
      members += [
        .init(key: "metric", value: "agreement"), .init(key: "images", value: .integer(total)),
        .init(key: "agreeing", value: .integer(count)),
      ]
    }
    return .object(members)
  }
}
