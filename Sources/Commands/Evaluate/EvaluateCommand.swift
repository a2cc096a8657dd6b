import CommandLanguage
import Datasets
import Evaluation
import Reports
import Workspaces

/// `evaluate`: how good models are at their task.
enum EvaluateCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "evaluate", summary: "Measures the accuracy of models on an annotated dataset, with the metric of their task.",
    discussion: """
      The task follows from the model's outputs (`load … task:` names it), and the metric from the task: accuracy@top1 of
      classifiers; mean average precision of detectors by the rules of Pascal VOC, or with `metric: coco` by those of COCO;
      mean intersection over union of segmenters; SSIM and PSNR of pictures; normed error of landmarks; pairwise accuracy of
      faces. Figures have intervals of 95 %: Wilson's of shares, Student's of means, and of the others by drawing the
      pictures again and again. There are tables and charts by class; several models are shown side by side, with what is
      lost from the first to each other.

      Classes of model and dataset are matched by their names where both have the same, else by their numbers; `background:`
      and `categories:` say how the model counts. To see single pictures, see `help report accuracy`.
      """, result: .result,
    positional: [ParameterSignature("model", .reference([.model]), repeated: true, "The models.")],
    labels: [
      ParameterSignature("on", .reference([.dataset]), required: true, "The annotated dataset.")
    ] + EvaluationOptions.labels,
    examples: [
      CommandExample("evaluate m on: photos", "accuracy, the confusion matrix, and precision and recall by class"),
      CommandExample("evaluate m q on: photos top: 3", "both models and what is lost, with accuracy@top3"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let models = try context.namedModels(arguments.references("model"))
    let loaded = try context.dataset(arguments, "on")
    let evaluator = ModelEvaluator(loaded, arguments, in: context)
    var sides: [EvaluationReport.Side] = []
    for (name, model) in models { sides.append(try evaluator.side(name, model)) }
    if let first = sides.first, let other = sides.first(where: { !$0.isComparable(with: first) }) {
      throw CommandFailure(
        "mismatch", "`\(first.name)` and `\(other.name)` are made for different tasks", at: arguments.span(of: "model"),
        help: "evaluate them one by one")
    }
    let findings = zip(models, sides).map { entry, side in
      ModelFinding(entry.model, on: loaded, figures: side.evaluation.figures.compactMap(FigureRecord.init))
    }
    return .reporting(EvaluationReport(dataset: loaded.dataset.name, sides: sides), as: .result, findings: findings)
  }
}

extension FigureRecord {
  /// A figure as the workspace keeps it; nil where it has no value.
  init?(_ figure: AccuracyFigure) {
    guard let value = figure.value else { return nil }
    self.init(
      figure.name, value, interval: figure.interval.flatMap { $0.lower <= $0.upper ? $0.lower...$0.upper : nil },
      count: figure.count)
  }
}
