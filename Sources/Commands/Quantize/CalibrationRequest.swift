import CommandLanguage
import Datasets
import Evaluation
import ModelFormats
import Quantization
import Reports

/// What a `calibrate` statement asks for.
struct CalibrationRequest {
  let model: Model
  /// The pictures to calibrate with.
  let loaded: LoadedDataset
  let configuration: QuantizationConfiguration
  /// The bound of the method accuracyAware; nil for the default method.
  let bound: AccuracyBound?
  /// The name of the child.
  let name: String
  private let ignored: [String]

  /// - Throws: `CommandFailure` where the request cannot be met, whatever the pictures are.
  init(_ arguments: BoundCommand, in context: CommandContext) throws {
    model = try context.model(arguments)
    loaded = try context.dataset(arguments, "using")
    guard model.precision != "INT8" else {
      throw CommandFailure(
        "already-quantized", "`\(model.name)` is in the INT8 format already and does not need calibration",
        at: arguments.span(of: "model"),
        help: model.parent.map { "calibrate its parent, `\($0.name)`" } ?? "load a floating-point model")
    }
    let isBounded = arguments.choice("method") == "accuracyAware"
    for label in ["drop", "dropType", "on"] where !isBounded && arguments.isGiven(label) {
      throw CommandFailure(
        "unused-argument", "`\(label):` has no meaning for the method default, which measures no accuracy",
        at: arguments.span(of: label), help: "add `method: accuracyAware`, or leave `\(label):` out")
    }
    let isRelative = arguments.choice("dropType") == "relative"
    bound = isBounded ? AccuracyBound(drop: arguments.number("drop") ?? 0.01, isRelative: isRelative) : nil
    let dataset = loaded.dataset
    let subsetSize = try attempt(arguments, "subset") {
      try SubsetSize(arguments, "subset").map { try dataset.subset($0).samples.count } ?? dataset.samples.count
    }
    configuration = CalibrationOptions.configuration(arguments, subsetSize: subsetSize)
    ignored = arguments.strings("ignore")
    name = model.name + "_int8"
  }

  /// Does something of a quantization; an error is told with the place of the argument that it is about.
  static func attemptQuantization<Result>(_ arguments: BoundCommand, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
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

  /// The child that a calibration gave, and its report.
  ///
  /// - Parameter quantization: all that was chosen; nil for a calibration that was kept from an earlier run.
  func child(
    _ calibration: CachedCalibration, quantization: QuantizationResult?,
    control: CalibrationReport.AccuracyControl? = nil
  ) throws -> (Model, CalibrationReport) {
    let digest = FileDigest.ofBytes(try ONNXExporter.export(calibration.graph))
    let report = CalibrationReport(
      model: name, parent: model.name, dataset: loaded.dataset.name, imageCount: calibration.imageCount,
      datasetCount: loaded.dataset.samples.count, skipped: calibration.skipped,
      settings: .init(
        method: bound == nil ? "default" : "accuracyAware", preset: configuration.preset.rawValue,
        scheme: CalibrationOptions.scheme(configuration), ignored: ignored), seconds: calibration.seconds,
      digest: digest, quantizedLayers: calibration.quantizedLayers,
      floatLayers: calibration.floatLayers.map {
        .init(name: $0.name, operatorName: $0.operatorName, reason: $0.reason)
      }, control: control)
    let (parent, dataset, configuration) = (model, loaded.dataset, configuration)
    let imageModel = parent.imageModel
    let choices = QuantizationChoices(quantization) { isCancelled in
      guard let imageModel else { throw QuantizationError(.noSamples, "the model takes no pictures") }
      return try Quantizer(configuration).quantize(
        parent.graph, calibration: DatasetSamples(dataset, for: imageModel).calibrationSamples,
        threads: ProcessorCount.active, isCancelled: isCancelled)
    }
    let child = Model(
      name: name, source: model.source, graph: calibration.graph, preprocessing: model.preprocessing,
      labels: model.labels, parent: model, calibration: report, quantization: choices, head: model.head)
    return (child, report)
  }
}
