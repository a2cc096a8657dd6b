import CommandLanguage
import Datasets
import Documents
import Evaluation
import FoundationEssentials
import Inference
import Quantization
import Reports
import Synchronization
import Workspaces

/// `calibrate … method: accuracyAware`: a child that loses no more accuracy than a bound permits.
struct AccuracyAwareCalibration {
  private let request: CalibrationRequest
  private let bound: AccuracyBound

  init(_ request: CalibrationRequest, bound: AccuracyBound) {
    self.request = request
    self.bound = bound
  }

  func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let (model, start) = (request.model, ContinuousClock().now)
    if let task = model.head?.task, task != .classification {
      throw CommandFailure(
        "not-a-classifier",
        "accuracyAware bounds the accuracy of classifiers, and `\(model.name)` is made for \(task.rawValue)",
        at: arguments.span(of: "method"),
        help:
          "use `method: default`, measure what is lost with `evaluate`, and name the layers that `report sensitivity` "
          + "shows with `ignore:`")
    }
    try model.requireClassifier(arguments)
    let name = arguments.isGiven("on") ? "on" : "using"
    let validation = try context.dataset(arguments, name)
    guard validation.dataset.hasClassIndices else {
      throw CommandFailure(
        "not-annotated", "accuracyAware cannot be used on a not annotated dataset: there is no accuracy to measure",
        at: arguments.span(of: arguments.isGiven("on") ? "on" : "method"),
        help: "name an annotated dataset (pictures with val.txt) with `on:`, or use `method: default`")
    }
    let imageModel = try model.requireImageModel(arguments)
    let classes = try AnnotatedClasses(of: validation, for: model, arguments, name, in: context)
    let samples = DatasetSamples(request.loaded.dataset, for: imageModel)
    let validated = DatasetSamples(validation.dataset, for: imageModel)
    let stages = try stages(validation, in: context)
    let progress = context.beginProgress("Calibrating \(model.name)")
    let result = try CalibrationRequest.attemptQuantization(arguments) {
      try AccuracyAwareQuantizer(request.configuration, bound: bound).quantize(
        model.graph, calibration: samples.calibrationSamples,
        validation: AnnotatedSamples(samples: validated.calibrationSamples, classes: classes.indices),
        threads: ProcessorCount.active, stages: stages, memory: memory(validation),
        progress: { progress.update($0, $1) }, isCancelled: context.isCancelled)
    }
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    progress.finish("\(result.steps.count) models measured", resumed: stages.summary)
    let control = try CalibrationReport.AccuracyControl(
      dataset: validation.dataset.name, imageCount: result.validatedSamples, classNote: classes.note,
      bound: bound.drop, isRelative: bound.isRelative, parentAccuracy: result.parentAccuracy,
      accuracy: result.accuracy, drop: result.drop, isWithinBound: result.isWithinBound,
      steps: result.steps.map {
        .init(layer: $0.layer, floatCount: $0.revertedCount, accuracy: $0.accuracy, drop: $0.drop)
      }, reverted: result.reverted, slowdown: slowdown(result, context))
    let (child, report) = try request.child(
      CachedCalibration(result.best, skipped: samples.skipped + validated.skipped, seconds: seconds),
      quantization: result.best, control: control)
    guard result.isWithinBound else { throw failure(child, report, control, arguments) }
    let accuracies = [(child, result.accuracy), (model, result.parentAccuracy)].map { model, accuracy in
      let correct = Int((accuracy * Double(result.validatedSamples)).rounded())
      return ModelFinding(
        model, on: validation, figures: [FigureRecord(Workspace.accuracyFigure, correct, of: result.validatedSamples)])
    }
    return CommandOutcome(.model(child), report: report, findings: accuracies)
  }

  /// What earlier runs with the same settings and data, in this kernel or another, have left on disk.
  private func stages(_ validation: LoadedDataset, in context: CommandContext) throws -> CachedStages {
    var key = try CachedCalibration.key(
      request.model, on: request.loaded, settings: request.configuration, in: context)
    key.add("method", "accuracyAware")
    key.add("validation", try validation.digest(isCancelled: context.isCancelled))
    key.add("annotations", validation.dataset.samples.map { "\($0.classIndex ?? -1)" }.joined(separator: " "))
    return CachedStages(store: context.session.results, key: key.name)
  }

  /// What earlier runs with the same settings and data have found out.
  private func memory(_ validation: LoadedDataset) -> AccuracyAwareMemory {
    let key = "\(request.configuration) \(Self.key(request.loaded.dataset)) \(Self.key(validation.dataset))"
    return request.model.calibrationMemories.withLock { memories in
      if let known = memories[key] { return known }
      let new = AccuracyAwareMemory()
      memories = [key: new]
      return new
    }
  }

  private static func key(_ dataset: Dataset) -> String {
    let names = dataset.samples.map { "\($0.path) \($0.classIndex ?? -1)" }.joined(separator: "\n")
    return dataset.root + " " + FileDigest.ofBytes(Data(names.utf8))
  }

  /// How many times longer the child takes than the model with all layers quantized; nil where it is that.
  private func slowdown(_ result: AccuracyAwareResult, _ context: CommandContext) throws -> Double? {
    guard !result.reverted.isEmpty else { return nil }
    let plans = try [result.full.graph, result.best.graph].map { try ExecutionPlan($0) }
    let executors = try plans.map { try Executor($0, threads: 1) }
    var times: [[Double]] = [[], []]
    for _ in 0..<Self.timedRuns {
      if context.isCancelled() { throw CancellationError() }
      for (index, executor) in executors.enumerated() {
        let start = ContinuousClock().now
        try executor.execute()
        times[index].append((ContinuousClock().now - start) / .seconds(1))
      }
    }
    let medians = times.map { $0.sorted()[$0.count / 2] }
    return medians[0] > 0 ? medians[1] / medians[0] : nil
  }

  private static let timedRuns = 31

  private func failure(
    _ child: Model, _ report: CalibrationReport, _ control: CalibrationReport.AccuracyControl,
    _ arguments: BoundCommand
  ) -> CommandFailure {
    let percent = NumberFormat.percent(decimals: 2)
    let name = (arguments.assignedName?.text ?? child.name) + "_best"
    var failure = CommandFailure(
      "bound-not-reached",
      "a drop of at most \(percent.string(for: bound.drop)) cannot be reached with any layer in INT8: the best of "
        + "\(control.steps.count) models, with \(control.reverted.count) layers in floating point, loses "
        + "\(percent.string(for: control.drop)) (\(percent.string(for: control.parentAccuracy)) becomes "
        + "\(percent.string(for: control.accuracy)) on \(control.imageCount) images)",
      at: arguments.span(of: arguments.isGiven("drop") ? "drop" : "method"),
      help: "the best model is kept as `\(name)`; accept a drop of "
        + "\(percent.string(for: max((control.drop * 10_000).rounded(.up) / 10_000, 0))), or measure on more images")
    failure.kept = [(name, .model(child))]
    return failure
  }
}
