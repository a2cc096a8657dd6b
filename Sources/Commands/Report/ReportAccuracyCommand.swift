import CommandLanguage
import Datasets
import Evaluation
import Reports
import Workspaces

/// `report accuracy`: the predictions of a model beside the dataset's annotations.
enum ReportAccuracyCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "report", subject: "accuracy",
    summary: "Compares the predictions of a model with the annotations of a dataset, image by image.",
    discussion: """
      The annotations are the reference, so the dataset needs some. accuracy@top1 is the part of the images whose
      annotated class has the highest score, accuracy@top5 the part where it is among the five highest. Of an INT8 model
      the parent's accuracy is shown beside it. Both are those of all images, whatever rows are shown.

      Of a detector there are the detections, the annotated objects, and how many of both match; of a segmenter there is
      the intersection over union. `view: advanced` has a row for each class in each image. Rows unfold into pictures with
      both sets of boxes, or with both masks side by side.
      """, result: .report,
    positional: [ParameterSignature("model", .reference([.model]), "The model.")],
    labels: [
      ParameterSignature("on", .reference([.dataset]), required: true, "The annotated dataset."), BackgroundClass.label,
    ] + TaskReportLabels.labels
      + RowSelection<AnnotationColumn>.labels(
        noun: "images", example: "rank > 0 and confidence > 50%",
        errors: "images whose class is not the annotated one, or whose detections are not the annotated objects",
        top: ParameterSignature("top", .integer(1...Int.max), absent: "all", "How many rows are shown at most."),
        others: [RowSelection<DetectionColumn>.columns, RowSelection<SegmentationColumn>.columns]),
    examples: [
      CommandExample("report accuracy q on: photos", "accuracy, and all images"),
      CommandExample(
        "report accuracy q on: photos only: errors sort: confidence order: descending",
        "the mistakes that the model is surest of"),
      CommandExample("report accuracy q on: photos where: rank >= 5", "the images that are not among the top five"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let loaded = try context.dataset(arguments, "on")
    if let maker = try TaskReportMaker(model, on: loaded, arguments, in: context) { return try maker.accuracy() }
    try model.requireClassifier(arguments)
    try RowSelection<AnnotationColumn>.check(arguments)
    try requireAnnotations(of: loaded, model, arguments)
    let source = PredictionSource.dataset(loaded)
    let predictions = try source.predictions(of: model, arguments, "on", in: context)
    let offset = BackgroundClass.offset(arguments, model, predictions)
    let comparison = try attempt(arguments, "on") { try AnnotationComparison(predictions, offset: offset) }
    let parent = try parent(of: model, source, offset, arguments, in: context)
    let rows = comparison.rows
    let all = RowSelection<AnnotationColumn>.indices(arguments, of: rows, model.classes, isError: \.isErroneous)
    let selection = Array(all.prefix(arguments.integer("top") ?? all.count))
    let flagged = selection.filter { rows[$0].isErroneous } + selection.filter { !rows[$0].isErroneous }
    let progress = context.beginProgress("Loading pictures")
    let pictures = try PictureShelf(
      flagged.map { rows[$0].sample }, of: loaded.dataset, isCancelled: context.isCancelled)
    progress.finish()
    let report = try AccuracyReport(
      model: model.name, dataset: loaded.dataset.name, comparison: comparison, predictions: predictions,
      parent: parent, selection: selection,
      selectionText: RowSelection<AnnotationColumn>.text(selection.count, of: rows.count, "images"),
      order: RowSelection<AnnotationColumn>.order(arguments),
      classes: model.classes, pictures: pictures)
    var findings = [ModelFinding(model, on: loaded, figures: figures(comparison))]
    if let parent, let network = model.parent {
      findings.append(ModelFinding(network, on: loaded, figures: figures(parent.comparison)))
    }
    return .reporting(report, as: .report, findings: findings)
  }

  private static func figures(_ comparison: AnnotationComparison) -> [FigureRecord] {
    [(Workspace.accuracyFigure, 1), ("accuracy@top5", 5)].map { name, k in
      FigureRecord(name, comparison.correctCount(top: k), of: comparison.rows.count)
    }
  }

  private static func parent(
    of model: Model, _ source: PredictionSource, _ offset: Int, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> (name: String, comparison: AnnotationComparison)? {
    guard let parent = model.parent else { return nil }
    let predictions = try source.predictions(of: parent, arguments, "on", in: context)
    return (
      parent.name, try attempt(arguments, "on") { try AnnotationComparison(predictions, offset: offset) }
    )
  }

  private static func requireAnnotations(
    of loaded: LoadedDataset, _ model: Model, _ arguments: BoundCommand
  ) throws {
    guard !loaded.dataset.hasClassIndices else { return }
    let name = arguments.reference("on")?.name ?? "it"
    let instead =
      model.parent == nil
      ? ""
      : ", or compare with the parent: `report predictions \(arguments.reference("model")?.name ?? "q") on: \(name)`"
    throw CommandFailure(
      "not-annotated",
      "accuracy is not available on a not annotated dataset, and `\(name)` has \(missing(loaded))",
      at: arguments.span(of: "on"),
      help: "import an annotated dataset, such as a folder with a `val.txt` of file names and class numbers\(instead)")
  }

  private static func missing(_ loaded: LoadedDataset) -> String {
    let samples = loaded.dataset.samples
    if loaded.dataset.isAnnotated, samples.allSatisfy({ $0.classIndex == nil }) {
      return "no classes of whole images; it is for \(loaded.dataset.tasks.map(\.rawValue).joined(separator: ", "))"
    }
    let count = samples.count { $0.classIndex == nil }
    return count == samples.count ? "no annotations" : "no annotation for \(count) of its \(samples.count) images"
  }
}
