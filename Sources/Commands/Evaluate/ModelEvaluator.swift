import CommandLanguage
import Datasets
import Evaluation
import Reports

/// Judges one model on a dataset by the metric of its task.
struct ModelEvaluator {
  let loaded: LoadedDataset
  let arguments: BoundCommand
  let context: CommandContext
  private let options: EvaluationOptions

  init(_ loaded: LoadedDataset, _ arguments: BoundCommand, in context: CommandContext) {
    self.loaded = loaded
    self.arguments = arguments
    self.context = context
    options = EvaluationOptions(arguments)
  }

  /// How good a model is.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  func side(_ name: String, _ model: Model) throws -> EvaluationReport.Side {
    let head = try model.requireHead(for: loaded.dataset, arguments)
    try options.check(head.task, arguments)
    try requireAnnotations(for: head.task, model)
    switch head.task {
    case .classification: return try classification(name, model)
    case .objectDetection: return try detection(name, model, head)
    case .semanticSegmentation: return try segmentation(name, model, head)
    case .landmarkDetection:
      let predictions = try predictions(model, head)
      return .init(name: name, evaluation: try attempt(arguments, "on") { try LandmarkEvaluation(predictions) })
    case .faceRecognition:
      let predictions = try predictions(model, head)
      let evaluation = try attempt(arguments, "subsets") {
        try ReidentificationEvaluation(predictions, of: loaded.dataset, partCount: options.subsets)
      }
      return .init(name: name, evaluation: evaluation)
    case .superResolution, .styleTransfer, .inpainting: return try pictures(name, model, head)
    case .instanceSegmentation:
      throw CommandFailure(
        "not-available", "outputs of instance segmentation cannot be evaluated", at: arguments.span(of: "model"),
        help: "use a detector or a segmenter")
    }
  }

  private func predictions(_ model: Model, _ head: any OutputHead) throws -> TaskPredictions {
    try TaskPictures.predictions(
      of: model, head, on: loaded, options: DetectionOptions(arguments), arguments, in: context)
  }

  private func classification(_ name: String, _ model: Model) throws -> EvaluationReport.Side {
    let predictions = try PredictionSource.dataset(loaded).predictions(of: model, arguments, "on", in: context)
    let offset = BackgroundClass.offset(arguments, model, predictions)
    let evaluation = try attempt(arguments, "on") {
      try ClassificationEvaluation(predictions, offset: offset, top: options.top)
    }
    let note =
      offset == 1 ? "The model's class 0 is the background: an annotation n means the model's class n + 1." : ""
    let names = model.labels == nil && offset == 0 ? ClassNames(loaded.labels) : model.classes
    var side = EvaluationReport.Side(name: name, evaluation: evaluation, note: note, classes: names)
    let imageModel = try model.requireImageModel(arguments)
    if LikelyCauses.isNearChance(evaluation, classCount: predictions.outputCount) {
      let progress = context.beginProgress("Looking for the cause of the low accuracy")
      let causes = LikelyCauses(model: model, imageModel: imageModel, loaded: loaded, offset: offset)
      side.suspicion = try attempt(arguments, "on") {
        try causes.measure(isCancelled: context.isCancelled) { progress.update($0, of: $1, "trials") }
      }
      progress.finish()
    }
    return side
  }

  private func detection(_ name: String, _ model: Model, _ head: any OutputHead) throws -> EvaluationReport.Side {
    let predictions = try predictions(model, head)
    let mapping = TaskPictures.mapping(model, head, loaded, arguments)
    let imageModel = try model.requireImageModel(arguments)
    let progress = context.beginProgress("Matching boxes")
    let (options, cancelled, limit) = (options, context.isCancelled, DetectionOptions(arguments).limit)
    let evaluation = try Interruptible.run(isCancelled: cancelled) {
      DetectionEvaluation(
        predictions, mapping: mapping, metric: options.metric == .coco ? .coco : .voc(options.integral),
        overlap: options.overlap, limit: limit, preprocessing: imageModel.preprocessing, isCancelled: cancelled)
    }
    progress.finish("\(evaluation.imageCount) images")
    return .init(
      name: name, evaluation: evaluation, note: mapping.note, classes: TaskPictures.names(model, mapping, loaded, head))
  }

  private func segmentation(_ name: String, _ model: Model, _ head: any OutputHead) throws -> EvaluationReport.Side {
    let predictions = try predictions(model, head)
    let mapping = TaskPictures.mapping(model, head, loaded, arguments)
    let evaluation = try TaskPictures.segmentation(
      predictions, of: model, head, mapping, loaded, arguments, in: context)
    return .init(
      name: name, evaluation: evaluation, note: mapping.note, classes: TaskPictures.names(model, mapping, loaded, head))
  }

  private func pictures(_ name: String, _ model: Model, _ head: any OutputHead) throws -> EvaluationReport.Side {
    let imageModel = try model.requireImageModel(arguments)
    let total = loaded.dataset.samples.count
    try context.requireMemory(
      MemoryNeed.taskPredictions(model, head, imageCount: 0, DetectionOptions()), for: "evaluating \(model.name)",
      at: arguments.span(of: "model"), remedy: "close what else uses memory")
    let metric: PictureEvaluation.Metric =
      switch options.metric {
      case .psnr: .psnr
      case .windowedSSIM: .windowedSSIM
      default: .ssim
      }
    let progress = context.beginProgress("Evaluating \(model.name)")
    let evaluation = try attempt(arguments, "on") {
      try PictureEvaluation(
        of: imageModel, head: head, on: loaded.dataset, metric: metric, border: options.border,
        isCancelled: context.isCancelled
      ) { progress.update($0, of: total, "images") }
    }
    progress.finish("\(total) images")
    return .init(name: name, evaluation: evaluation)
  }

  /// Whether the dataset says what a model of a task should give.
  private func hasAnnotations(for task: VisionTask) -> Bool {
    loaded.dataset.tasks.contains(Self.annotation(of: task))
      && (task != .classification || loaded.dataset.hasClassIndices)
  }

  /// The task whose annotations one is judged by.
  private static func annotation(of task: VisionTask) -> VisionTask {
    task == .styleTransfer || task == .inpainting ? .superResolution : task
  }

  private func requireAnnotations(for task: VisionTask, _ model: Model) throws {
    let name = arguments.reference("on")?.name ?? "it"
    guard !hasAnnotations(for: task) else { return }
    let tasks = loaded.dataset.tasks.filter { $0 != .styleTransfer && $0 != .inpainting }
    let has = tasks.isEmpty ? "no annotations" : "annotations for \(tasks.map(\.rawValue).joined(separator: ", ")) only"
    throw CommandFailure(
      "not-annotated", "`\(model.name)` is made for \(task.rawValue), and `\(name)` has \(has)",
      at: arguments.span(of: "on"),
      help: "use a dataset with annotations for \(Self.annotation(of: task).rawValue); `help dataset` lists the formats"
    )
  }
}

/// How many classes masks have.
enum SegmentationClasses {
  private static let greyValues = 256

  /// As many as have names, else as the model tells apart.
  static func count(_ head: any OutputHead, _ mapping: ClassMapping, _ loaded: LoadedDataset) -> Int {
    let named = TaskPictures.labels(loaded, head)?.count
    let told = head.classCount.map { count in ((0..<count).compactMap(mapping.annotated).max() ?? -1) + 1 }
    return max(named ?? told ?? greyValues, 1)
  }
}
