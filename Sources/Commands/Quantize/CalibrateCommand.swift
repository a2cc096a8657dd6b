import CommandLanguage
import Datasets
import Evaluation
import ModelFormats
import Quantization
import Reports

/// `calibrate`: the INT8 child of a model.
enum CalibrateCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "calibrate", aliases: ["quantize"], summary: "Makes the INT8 child of a model, calibrated on pictures.",
    discussion: """
      The pictures need no annotations; a few hundred that are typical suffice. Weights get one scale for each output
      channel. The preset says how activations are mapped to integers. The child is named after its parent and knows it,
      so that no report asks for both.

      The method accuracyAware takes layers back to floating point, the most harmful first, until the drop of top-1
      accuracy is within `drop:`, measured on the annotated dataset `on:`. Where that cannot be reached it fails, says
      how near it came, and keeps the best model under the name with `_best` behind it. Interrupted, it goes on where it
      was when the same statement runs again.
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
        "drop", .percent, default: "1%", "The largest drop of top-1 accuracy that accuracyAware accepts."),
      ParameterSignature(
        "dropType",
        .choice([
          ChoiceWord("absolute", "in points: from 71% to 70.5% is 0.5%"),
          ChoiceWord("relative", "as a part of the parent's accuracy: from 50% to 49% is 2%"),
        ]), default: "absolute", "How the drop is counted."),
      ParameterSignature(
        "on", .reference([.dataset]), absent: "the pictures to calibrate with",
        "The annotated dataset on which accuracyAware measures the accuracy."),
      ParameterSignature(
        "subset", .either([.integer(1...Int.max), .percent]), absent: "all pictures",
        "How many pictures are used, or which part of all, at even distances."),
      ParameterSignature(
        "ignore", .list(of: .string), absent: "no layer",
        "Layers that stay in floating point: names, operators such as \"Conv\", or patterns such as \"block1*\"."),
      ParameterSignature(
        "ranges",
        .choice(CalibrationOptions.ranges.map { ChoiceWord($0.name, $0.estimator.summary) }), default: "mse",
        "How the range of an activation is chosen."),
      ParameterSignature(
        "without", .list(of: .choice(CalibrationOptions.algorithms)), absent: "all algorithms are used",
        "Algorithms that are left out."),
    ],
    examples: [
      CommandExample("q = calibrate m using: calibration", "an INT8 child with the default settings"),
      CommandExample(
        "q = calibrate m using: calibration preset: mixed subset: 50%", "asymmetric activations, half of the pictures"),
      CommandExample(
        "q = calibrate m using: calibration subset: 20 ignore: [\"Gemm\"]", "some layers stay in floating point"),
      CommandExample(
        "q = calibrate m using: calibration method: accuracyAware drop: 0.5% on: validation",
        "at most half a point of accuracy is lost"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let request = try CalibrationRequest(arguments, in: context)
    let (model, loaded) = (request.model, request.loaded)
    try context.requireMemory(
      MemoryNeed.calibration(model), for: "calibrating `\(model.name)`", at: arguments.verbSpan,
      remedy: "close what else uses memory, or calibrate a smaller model")
    if let bound = request.bound {
      return try AccuracyAwareCalibration(request, bound: bound).run(arguments, in: context)
    }
    let progress = context.beginProgress("Calibrating \(model.name)")
    var quantization: QuantizationResult?
    let (calibration, origin) = try CachedCalibration.find(
      model, on: loaded, settings: request.configuration, in: context
    ) { stages in
      let samples = try DatasetSamples(loaded.dataset, for: model.requireImageModel(arguments))
      let start = ContinuousClock().now
      let result = try CalibrationRequest.attemptQuantization(arguments) {
        try Quantizer(request.configuration).quantize(
          model.graph, calibration: samples.calibrationSamples, threads: ProcessorCount.active,
          stages: stages, progress: { progress.update($0, $1) }, isCancelled: context.isCancelled)
      }
      quantization = result
      return CachedCalibration(
        result, skipped: samples.skipped, seconds: (ContinuousClock().now - start) / .seconds(1))
    }
    switch origin {
    case .found: progress.skip()
    case .computed(let resumed): progress.finish("\(calibration.imageCount) images", resumed: resumed)
    }
    let (child, report) = try request.child(calibration, quantization: quantization)
    return CommandOutcome(.model(child), report: report, findings: [ModelFinding(child)])
  }
}
