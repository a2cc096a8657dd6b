import CommandLanguage
import Datasets
import Evaluation
import Quantization
import Reports

/// `calibrate`: the INT8 child of a model.
enum CalibrateCommand: Command {
  static let signature = CommandSignature(
    "calibrate", aliases: ["quantize"], summary: "Makes the INT8 child of a model, calibrated on pictures.",
    discussion: """
      The pictures need no annotations; a few hundred that are typical suffice. Weights get one scale for each output
      channel. The preset says how activations are mapped to integers. The child is named after its parent and knows it,
      so that no report asks for both.

      The method accuracyAware takes layers back to floating point until the accuracy drop is small enough. It needs an
      annotated dataset.
      """, result: .model,
    positional: [ParameterSignature("model", .reference([.model]), "The model.")],
    labels: [
      ParameterSignature("using", .reference([.dataset]), required: true, "The pictures to calibrate with."),
      ParameterSignature(
        "preset",
        .choice([
          ChoiceWord("performance", "symmetric activations: the fastest"),
          ChoiceWord("mixed", "asymmetric activations: more faithful where there are negative ones"),
        ]), default: "performance", "How activations are mapped to integers."),
      ParameterSignature(
        "method",
        .choice([
          ChoiceWord("default", "all layers that can be, without a bound on the accuracy drop"),
          ChoiceWord("accuracyAware", "as many layers as an accuracy bound permits"),
        ]), default: "default", "How layers are chosen."),
      ParameterSignature(
        "subset", .either([.integer(1...Int.max), .percent]), absent: "all pictures",
        "How many pictures are used, or which part of all, at even distances."),
      ParameterSignature(
        "ignore", .list(of: .string), absent: "no layer",
        "Layers that stay in floating point: names, operators such as \"Conv\", or patterns such as \"block1*\"."),
    ],
    examples: [
      CommandExample("q = calibrate m using: calibration", "an INT8 child with the default settings"),
      CommandExample(
        "q = calibrate m using: calibration preset: mixed subset: 50%", "asymmetric activations, half of the pictures"),
      CommandExample(
        "q = calibrate m using: calibration subset: 20 ignore: [\"Gemm\"]", "some layers stay in floating point"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let loaded = try context.dataset(arguments, "using")
    try refuse(model, loaded, arguments)
    let configuration = try configuration(for: loaded.dataset, arguments)
    try context.requireMemory(
      MemoryNeed.calibration(model), for: "calibrating `\(model.name)`", at: arguments.verbSpan,
      remedy: "close what else uses memory, or calibrate a smaller model")
    let progress = context.beginProgress("Calibrating \(model.name)")
    let (result, isFound) = try CachedCalibration.find(model, on: loaded, settings: configuration, in: context) {
      let samples = try DatasetSamples(loaded.dataset, for: model.requireImageModel(arguments))
      let start = ContinuousClock().now
      let result = try quantize(model, samples, configuration, arguments, progress, context)
      return CachedCalibration(
        graph: result.graph, quantizedLayers: result.quantizedLayers.map(\.name), floatLayers: result.floatLayers,
        imageCount: result.calibratedSamples, skipped: samples.skipped,
        seconds: (ContinuousClock().now - start) / .seconds(1))
    }
    if isFound { progress.skip() } else { progress.finish("\(result.imageCount) images") }
    let name = model.name + "_int8"
    let report = CalibrationReport(
      model: name, parent: model.name, dataset: loaded.dataset.name, imageCount: result.imageCount,
      datasetCount: loaded.dataset.samples.count, skipped: result.skipped,
      settings: settings(configuration, arguments), seconds: result.seconds,
      quantizedLayers: result.quantizedLayers,
      floatLayers: result.floatLayers.map {
        .init(name: $0.name, operatorName: $0.operatorName, reason: $0.reason)
      })
    let child = Model(
      name: name, source: model.source, graph: result.graph, preprocessing: model.preprocessing, labels: model.labels,
      parent: model, calibration: report)
    return CommandOutcome(.model(child), report: report)
  }

  /// - Throws: `CommandFailure` where the request cannot be met, whatever the pictures are.
  private static func refuse(_ model: Model, _ loaded: LoadedDataset, _ arguments: BoundCommand) throws {
    guard model.precision != "INT8" else {
      throw CommandFailure(
        "already-quantized", "`\(model.name)` is in the INT8 format already and does not need calibration",
        at: arguments.span(of: "model"),
        help: model.parent.map { "calibrate its parent, `\($0.name)`" } ?? "load a floating-point model")
    }
    guard arguments.choice("method") == "accuracyAware" else { return }
    guard loaded.dataset.isAnnotated else {
      throw CommandFailure(
        "not-annotated", "accuracyAware cannot be used on a not annotated dataset: there is no accuracy to measure",
        at: arguments.span(of: "method"), help: "use an annotated dataset (pictures with val.txt), or `method: default`"
      )
    }
    throw CommandFailure(
      "not-available", "the method accuracyAware is not available in Octet \(OctetVersion.current)",
      at: arguments.span(of: "method"), help: "use `method: default`, and name layers that cost accuracy with `ignore:`"
    )
  }

  private static func configuration(
    for dataset: Dataset, _ arguments: BoundCommand
  ) throws -> QuantizationConfiguration {
    let subsetSize = try attempt(arguments, "subset") {
      try SubsetSize(arguments, "subset").map { try dataset.subset($0).samples.count } ?? dataset.samples.count
    }
    return QuantizationConfiguration(
      preset: arguments.choice("preset").flatMap(QuantizationPreset.init(rawValue:)) ?? .performance,
      subsetSize: subsetSize, ignoredScope: IgnoredScope(entries: arguments.strings("ignore")))
  }

  private static func quantize(
    _ model: Model, _ samples: DatasetSamples, _ configuration: QuantizationConfiguration, _ arguments: BoundCommand,
    _ progress: ProgressReporter, _ context: CommandContext
  ) throws -> QuantizationResult {
    do {
      return try Quantizer(configuration).quantize(
        model.graph, calibration: samples.calibrationSamples, threads: ProcessorCount.active,
        progress: { progress.update($0, $1) }, isCancelled: context.isCancelled)
    } catch let error as QuantizationError {
      let name =
        switch error.code {
        case .unmatchedScope: "ignore"
        case .noSamples: "using"
        default: "model"
        }
      throw CommandFailure(Diagnostic(error, at: arguments.span(of: name)))
    }
  }

  private static func settings(
    _ configuration: QuantizationConfiguration, _ arguments: BoundCommand
  ) -> CalibrationReport.Settings {
    let activations = configuration.preset == .performance ? "symmetric" : "asymmetric"
    return .init(
      method: arguments.choice("method") ?? "default", preset: configuration.preset.rawValue,
      scheme: "weights symmetric, one scale a channel; activations \(activations), ranges by "
        + "\(configuration.rangeEstimator.rawValue); \(configuration.biasCorrection.rawValue) bias correction",
      ignored: arguments.strings("ignore"))
  }
}
