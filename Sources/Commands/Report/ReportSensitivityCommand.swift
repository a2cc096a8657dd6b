import CommandLanguage
import Datasets
import Evaluation
import Quantization
import Reports

/// `report sensitivity`: what each quantized layer adds to the error of a model's output.
enum ReportSensitivityCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "report", subject: "sensitivity",
    summary:
      "Shows for each layer of an INT8 model how much noise it carries, and what the output would gain without it.",
    discussion: """
      Pictures need no annotations: the parent is the reference. For each layer there is the signal-to-noise ratio of
      what it gives in the INT8 model, and by how many decibels that of the output rises if this layer alone goes back to
      floating point. The layers with the largest gain are those to name in `calibrate … ignore:`.
      """, result: .report,
    positional: [ParameterSignature("model", .reference([.model]), "The INT8 model, made by `calibrate`.")],
    labels: [
      ParameterSignature("on", .reference([.dataset]), required: true, "The dataset."),
      ParameterSignature(
        "subset", .integer(1...Int.max), default: "32", "How many pictures are used at most, at even distances."),
    ],
    examples: [
      CommandExample("report sensitivity q on: photos", "all layers, the most harmful first"),
      CommandExample("s = report sensitivity q on: photos subset: 100", "the same on more pictures, kept under a name"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    guard let quantization = model.quantization, let parent = model.parent else {
      throw CommandFailure(
        "not-calibrated",
        "`\(model.name)` was not made by `calibrate`, so there is no parent to compare its layers with",
        at: arguments.span(of: "model"),
        help: "make an INT8 model with `calibrate \(arguments.reference("model")?.name ?? "model") using: …`")
    }
    let loaded = try context.dataset(arguments, "on")
    let samples = try DatasetSamples(loaded.dataset, for: model.requireImageModel(arguments))
    let progress = context.beginProgress("Looking at the layers of \(model.name)")
    let result = try quantization.result(isCancelled: context.isCancelled)
    let analysis = try attempt(arguments, "on") {
      try SensitivityAnalysis(
        of: result, on: samples.calibrationSamples, sampleLimit: arguments.integer("subset") ?? 32,
        threads: ProcessorCount.active, progress: { progress.update($0, $1) }, isCancelled: context.isCancelled)
    }
    progress.finish("\(analysis.layers.count) layers")
    return .reporting(
      SensitivityReport(model: model.name, parent: parent.name, dataset: loaded.dataset.name, analysis: analysis),
      as: .report)
  }
}
