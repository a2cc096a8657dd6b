import CommandLanguage
import Datasets
import Evaluation
import Reports

/// `report distance`: how far the outputs of an optimized model lie from those of its parent.
enum ReportDistanceCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "report", subject: "distance",
    summary: "Measures how far the outputs of an INT8 model lie from those of its parent, image by image.",
    discussion: """
      Works for every model that takes one picture, whatever it computes, and needs no annotations. Besides the mean
      squared error there are distances that can be compared between outputs: NRMSE, SQNR in decibels, cosine similarity,
      the divergence of the probabilities, and the largest difference. `layers: true` measures every layer that both
      models have, and so shows where precision is lost.
      """, result: .report,
    positional: [ParameterSignature("model", .reference([.model]), "The INT8 model.")],
    labels: [
      ParameterSignature("on", .reference([.dataset]), required: true, "The dataset."),
      ParameterSignature("layers", .bool, default: "false", "Whether every layer is measured too."),
    ]
      + RowSelection<DistanceColumn>.labels(
        noun: "rows", example: "sqnr < 20", errors: nil,
        top: ParameterSignature("top", .integer(1...Int.max), absent: "all", "How many rows are shown at most.")),
    examples: [
      CommandExample("report distance q on: photos", "every image and output"),
      CommandExample("report distance q on: photos sort: mse order: descending top: 10", "the ten most distant images"),
      CommandExample("report distance q on: photos layers: true", "where precision is lost"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let parent = try model.requireParent(arguments)
    let pair = (try model.requireImageModel(arguments), try parent.requireImageModel(arguments))
    let loaded = try context.dataset(arguments, "on")
    let run = try attempt(arguments, "model") {
      try DistanceRun(optimized: pair.0, parent: pair.1, includesLayers: arguments.bool("layers") ?? false)
    }
    let progress = context.beginProgress("Measuring distances")
    let total = loaded.dataset.samples.count
    let comparison = try attempt(arguments, "on") {
      try run.measure(loaded.dataset, isCancelled: context.isCancelled) { progress.update($0, of: total, "images") }
    }
    progress.finish("\(total) images")
    let rows = comparison.rows
    let all = RowSelection<DistanceColumn>.indices(arguments, of: rows, model.classes)
    let selection = Array(all.prefix(arguments.integer("top") ?? all.count))
    var seen: Set<String> = []
    let samples = selection.map { rows[$0].sample }.filter { seen.insert($0.path).inserted }
    let pictures = try PictureShelf(samples, of: loaded.dataset, isCancelled: context.isCancelled)
    return .reporting(
      DistanceReport(
        model: model.name, parent: parent.name, dataset: loaded.dataset.name, comparison: comparison,
        selection: selection, order: RowSelection<DistanceColumn>.order(arguments), pictures: pictures), as: .report)
  }
}
