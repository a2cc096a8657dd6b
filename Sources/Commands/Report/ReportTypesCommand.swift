import CommandLanguage
import Datasets
import Evaluation
import Reports

/// `report types`: which reports can be made of a model on a dataset.
enum ReportTypesCommand: Command {
  static let signature = CommandSignature(
    "report", subject: "types",
    summary: "Lists the reports that can be made of a model on a dataset, and says why others cannot.",
    positional: [ParameterSignature("model", .reference([.model]), "The model.")],
    labels: [ParameterSignature("on", .reference([.dataset]), required: true, "The dataset.")],
    examples: [CommandExample("report types q on: photos", "the three reports with their commands")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let loaded = try context.dataset(arguments, "on")
    let names = (arguments.reference("model")?.name ?? "model", arguments.reference("on")?.name ?? "dataset")
    let takesPictures = model.imageModel == nil ? "the model does not take one picture" : nil
    let known: Set<VisionTask> = [.classification, .objectDetection, .semanticSegmentation]
    let task = model.head?.task
    let classifies =
      takesPictures
      ?? (task.map(known.contains) ?? false
        ? nil
        : task.map { "not available for \($0.rawValue); use evaluate" }
          ?? "the model's outputs are those of no task that is known")
    let isJudged =
      task == .classification ? loaded.dataset.hasClassIndices : task.map(loaded.dataset.tasks.contains) ?? false
    let annotated =
      isJudged
      ? nil
      : "not available without annotations for \(task?.rawValue ?? "the task"); import a dataset that has them"
    let optimized =
      model.parent == nil
      ? "not available for a model that is not optimized; make an INT8 child with calibrate \(names.0) using: …" : nil
    let kinds = [
      ReportTypesReport.Kind(
        name: "Accuracy Evaluation on Validation Dataset", command: "report accuracy \(names.0) on: \(names.1)",
        summary: "the predictions beside the annotations of the dataset", obstacle: classifies ?? annotated),
      .init(
        name: "Comparison of Optimized and Parent Model Predictions",
        command: "report predictions \(names.0) on: \(names.1)",
        summary: "the predictions beside those of the parent, which are taken as the reference",
        obstacle: classifies ?? optimized),
      .init(
        name: "Calculation of Tensor Distance to Parent Model Output",
        command: "report distance \(names.0) on: \(names.1)",
        summary: "how far the outputs lie from those of the parent", obstacle: takesPictures ?? optimized),
    ]
    return .reporting(
      ReportTypesReport(model: model.name, dataset: loaded.dataset.name, kinds: kinds), as: .result)
  }
}
