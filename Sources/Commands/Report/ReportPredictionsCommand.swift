import CommandLanguage
import Datasets
import Evaluation
import Reports
import Workspaces

/// `report predictions`: the predictions of an optimized model beside those of its parent.
enum ReportPredictionsCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "report", subject: "predictions",
    summary: "Compares the predictions of an INT8 model with those of its parent, image by image.",
    discussion: """
      The parent's predictions are the reference; annotations are not needed. The rank says how far the parent's class
      has fallen: how many classes the INT8 model scores higher, 0 for none. Where the two classes differ, it is at least
      1, unless scores are exactly equal. The agreement and its interval are those of all images, whatever rows are shown.

      Of detectors the parent's detections are the reference, with the same least score for both; of segmenters its masks.
      `view: advanced` has a row for each class in each image.
      """, result: .report,
    positional: [ParameterSignature("model", .reference([.model]), "The INT8 model.")],
    labels: [ParameterSignature("on", .reference([.dataset]), required: true, "The dataset.")] + TaskReportLabels.labels
      + RowSelection<PredictionComparisonColumn>.labels(
        noun: "images", example: "rank > 0 and confidence < 50%",
        errors: "images whose class, or whose detections, differ from the parent's",
        top: ParameterSignature("top", .integer(1...Int.max), absent: "all", "How many rows are shown at most."),
        others: [RowSelection<DetectionColumn>.columns, RowSelection<SegmentationColumn>.columns]),
    examples: [
      CommandExample("report predictions q on: photos", "all images"),
      CommandExample(
        "report predictions q on: photos where: rank > 0 sort: rank order: descending",
        "the images whose prediction has changed, the worst first"),
      CommandExample(
        "report predictions q on: photos where: image contains \"bird\" sort: [rank, confidence] order: [descending, ascending]",
        "some images, by rank, those of equal rank by confidence"),
      CommandExample("report predictions q on: photos where: confidence < 50% top: 10", "ten images that are doubtful"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let parent = try model.requireParent(arguments)
    let loaded = try context.dataset(arguments, "on")
    if let maker = try TaskReportMaker(model, on: loaded, arguments, in: context) {
      return try maker.predictions(beside: parent)
    }
    try model.requireClassifier(arguments)
    try RowSelection<PredictionComparisonColumn>.check(arguments)
    let pair = try ModelPair(model, parent, on: loaded, arguments, in: context)
    let rows = pair.comparison.rows
    let all = RowSelection<PredictionComparisonColumn>.indices(
      arguments, of: rows, model.classes, isError: \.isErroneous)
    let selection = Array(all.prefix(arguments.integer("top") ?? all.count))
    let flagged = selection.filter { rows[$0].isErroneous } + selection.filter { !rows[$0].isErroneous }
    let progress = context.beginProgress("Loading pictures")
    let pictures = try PictureShelf(
      flagged.map { rows[$0].sample }, of: loaded.dataset, isCancelled: context.isCancelled)
    progress.finish()
    let report = try PredictionComparisonReport(
      .init(optimized: model.name, parent: parent.name, dataset: loaded.dataset.name, classes: model.classes),
      comparison: pair.comparison, optimized: pair.optimized, parent: pair.parent, selection: selection,
      selectionText: RowSelection<PredictionComparisonColumn>.text(selection.count, of: rows.count, "images"),
      order: RowSelection<PredictionComparisonColumn>.order(arguments),
      pictures: pictures)
    let agreement = FigureRecord("agreement", pair.comparison.agreementCount, of: rows.count)
    return .reporting(report, as: .report, findings: [ModelFinding(model, on: loaded, figures: [agreement])])
  }
}
