import CommandLanguage
import Datasets
import Evaluation
import Reports

/// `report predictions`: the predictions of an optimized model beside those of its parent.
enum ReportPredictionsCommand: Command {
  static let signature = CommandSignature(
    "report", subject: "predictions",
    summary: "Compares the predictions of an INT8 model with those of its parent, image by image.",
    discussion: """
      The parent's predictions are the reference; annotations are not needed. The rank says how far the parent's class
      has fallen: how many classes the INT8 model scores higher, 0 for none. Where the two classes differ, it is at least
      1, unless scores are exactly equal. The agreement and its interval are those of all images, whatever rows are shown.
      """, result: .report,
    positional: [ParameterSignature("model", .reference([.model]), "The INT8 model.")],
    labels: [ParameterSignature("on", .reference([.dataset]), required: true, "The dataset.")]
      + RowSelection.labels(
        top: ParameterSignature("top", .integer(1...Int.max), absent: "all", "How many images are shown at most.")),
    examples: [
      CommandExample("report predictions q on: photos", "all images"),
      CommandExample(
        "report predictions q on: photos where: rank > 0 sort: rank order: descending",
        "the images whose prediction has changed, the worst first"),
      CommandExample("report predictions q on: photos where: confidence < 50% top: 10", "ten images that are doubtful"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    guard let parent = model.parent else {
      throw CommandFailure(
        "no-parent", "`\(model.name)` is not an optimized model, so there is no parent to compare with",
        at: arguments.span(of: "model"),
        help:
          "make an INT8 model with `calibrate \(arguments.reference("model")?.name ?? "model") using: …` and report on that"
      )
    }
    try model.requireClassifier(arguments)
    let loaded = try context.dataset(arguments, "on")
    let pair = try ModelPair(model, parent, on: loaded, arguments, in: context)
    let rows = pair.comparison.rows
    let all = RowSelection.indices(arguments, of: rows, model.classes)
    let selection = Array(all.prefix(arguments.integer("top") ?? all.count))
    let flagged = selection.filter { rows[$0].isErroneous } + selection.filter { !rows[$0].isErroneous }
    let progress = context.beginProgress("Loading pictures")
    let pictures = try PictureShelf(
      flagged.map { rows[$0].sample }, of: loaded.dataset, isCancelled: context.isCancelled)
    progress.finish()
    let report = try PredictionComparisonReport(
      .init(optimized: model.name, parent: parent.name, dataset: loaded.dataset.name, classes: model.classes),
      comparison: pair.comparison, optimized: pair.optimized, parent: pair.parent, selection: selection,
      selectionText: selection.count == rows.count ? "" : "\(selection.count) of \(rows.count) images",
      pictures: pictures)
    return .reporting(report, as: .report)
  }
}
