import CommandLanguage
import Datasets
import Evaluation
import Reports
import Workspaces

/// `decide`: whether an optimized model may replace its parent.
enum DecideCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "decide", summary: "Says whether an INT8 model loses no more than is accepted.",
    discussion: """
      On an annotated dataset both models are measured with the metric of their task, as `evaluate` does, and what is lost
      is the difference. Without annotations, a classifier can lose no more accuracy than there are pictures that get
      another class than with its parent; that share is taken. The verdict is “acceptable” where the loss is at most
      `drop:`, and “too big” otherwise; the numbers stand beside it.
      """, result: .report,
    positional: [ParameterSignature("model", .reference([.model]), "The INT8 model.")],
    labels: [
      ParameterSignature("on", .reference([.dataset]), required: true, "The dataset, annotated or not."),
      ParameterSignature(
        "drop", .percent, default: "1%", "The largest loss that is accepted, in points: 0.5% is half a point."),
    ] + EvaluationOptions.labels,
    examples: [
      CommandExample("decide q on: photos drop: 1%", "may at most one picture of a hundred change its class?"),
      CommandExample("decide q on: annotated drop: 0.5%", "may half a point of accuracy be lost?"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let parent = try model.requireParent(arguments)
    let loaded = try context.dataset(arguments, "on")
    let (evidence, figures) = try evidence(model, parent, loaded, arguments, in: context)
    let report = DecisionReport(
      model: model.name, parent: parent.name, dataset: loaded.dataset.name, evidence: evidence,
      bound: arguments.number("drop") ?? 0)
    return .reporting(report, as: .report, findings: [ModelFinding(model, on: loaded, figures: figures)])
  }

  private static func evidence(
    _ model: Model, _ parent: Model, _ loaded: LoadedDataset, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> (DecisionReport.Evidence, [FigureRecord]) {
    let evaluator = ModelEvaluator(loaded, arguments, in: context)
    let head = try model.requireHead(for: loaded.dataset, arguments)
    if head.task == .classification, !evaluator.hasAnnotations(for: head.task) {
      let pair = try ModelPair(model, parent, on: loaded, arguments, in: context)
      let (count, total) = (pair.comparison.agreementCount, pair.comparison.rows.count)
      return (.agreement(count: count, of: total), [FigureRecord("agreement", count, of: total)])
    }
    let before = try evaluator.side(parent.name, parent).evaluation.figures.first
    let after = try evaluator.side(model.name, model).evaluation.figures.first
    guard let before, let after, after.unit == .share, after.isHigherBetter else {
      throw CommandFailure(
        "not-available",
        "the metric of \(head.task.rawValue) is not a share of what is right, so it has no drop in percent",
        at: arguments.span(of: "model"), help: "see both figures with `evaluate`")
    }
    return (.measured(parent: before, optimized: after), [after].compactMap(FigureRecord.init))
  }
}
