import CommandLanguage
import Datasets
import Evaluation
import Reports

/// What models say of pictures in the terms of a task.
enum TaskPictures {
  /// Below this score no detection is kept beside the predictions that are remembered.
  private static let leastThreshold = 0.01

  /// What a model says of a dataset.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  static func predictions(
    of model: Model, _ head: any OutputHead, on loaded: LoadedDataset, options: DetectionOptions,
    _ arguments: BoundCommand, in context: CommandContext
  ) throws -> TaskPredictions {
    let imageModel = try model.requireImageModel(arguments)
    let total = loaded.dataset.samples.count
    try context.requireMemory(
      MemoryNeed.taskPredictions(model, head, imageCount: total, options), for: "predicting \(total) images",
      at: arguments.span(of: "on"), remedy: "use a part of the dataset, as `dataset … subset: 10%` gives it")
    // Boxes of low scores never displace others, so one run serves all higher thresholds.
    var run = options
    run.threshold = min(options.threshold, leastThreshold)
    let progress = context.beginProgress("Predicting with \(model.name)")
    let predictions = try attempt(arguments, "on") {
      try model.taskPredictions(
        of: loaded, by: imageModel, head: head, options: run, in: context.session.results,
        isCancelled: context.isCancelled
      ) { progress.update($0, of: total, "images") }
    }
    progress.finish("\(total) images")
    return predictions.keepingDetections { $0.score >= options.threshold }
  }

  /// What a model says of one picture.
  ///
  /// - Throws: `CommandFailure`.
  static func prediction(
    of model: Model, _ head: any OutputHead, _ image: Image, options: DetectionOptions, _ arguments: BoundCommand
  ) throws -> TaskPredictions.Item {
    let imageModel = try model.requireImageModel(arguments)
    return try attempt(arguments, "picture") { try TaskRun(imageModel, head: head, options: options).predict(image) }
  }

  /// Masks that a segmenter makes beside those of the dataset.
  static func segmentation(
    _ predictions: TaskPredictions, of model: Model, _ head: any OutputHead, _ mapping: ClassMapping,
    _ loaded: LoadedDataset, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> SegmentationEvaluation {
    let imageModel = try model.requireImageModel(arguments)
    let progress = context.beginProgress("Comparing masks")
    let total = predictions.samples.count
    let evaluation = try attempt(arguments, "on") {
      try SegmentationEvaluation(
        predictions, of: loaded.dataset, mapping: mapping,
        classCount: SegmentationClasses.count(head, mapping, loaded), preprocessing: imageModel.preprocessing,
        isCancelled: context.isCancelled
      ) { progress.update($0, of: total, "images") }
    }
    progress.finish("\(total) images")
    return evaluation
  }

  /// Which class of the dataset each class of the model means.
  static func mapping(
    _ model: Model, _ head: any OutputHead, _ loaded: LoadedDataset?, _ arguments: BoundCommand
  ) -> ClassMapping {
    ClassMapping(
      classCount: head.classCount, countsBackground: head.countsBackground, modelLabels: model.labels,
      datasetLabels: labels(loaded, head),
      choice: .init(
        background: arguments.bool("background"),
        categories: arguments.integer("categories").flatMap(ClassMapping.Categories.init(rawValue:))))
  }

  /// The names of a dataset's classes, if they are of the task of the model.
  static func labels(_ loaded: LoadedDataset?, _ head: any OutputHead) -> Labels? {
    loaded.flatMap { $0.dataset.tasks.contains(head.task) ? $0.labels : nil }
  }

  /// The names of the classes as a dataset counts them: its own, else the model's.
  static func names(
    _ model: Model, _ mapping: ClassMapping, _ loaded: LoadedDataset?, _ head: any OutputHead
  ) -> ClassNames {
    if let labels = labels(loaded, head) { return ClassNames(labels) }
    guard let labels = model.labels else { return ClassNames(nil) }
    let known = labels.classes.indices.compactMap(mapping.annotated)
    guard let highest = known.max() else { return ClassNames(nil) }
    return ClassNames(
      Labels(
        classes: (0...highest).map { index in
          mapping.modelClass(index).flatMap { labels.classes.indices.contains($0) ? labels.classes[$0] : nil }
            ?? ClassLabel(fullName: "class \(index)")
        }))
  }
}

extension Model {
  /// How the outputs stand for results that a dataset can judge: a row of numbers means points or a person where the
  /// dataset has nothing but these.
  ///
  /// - Throws: `CommandFailure` at the place of the model where the outputs are those of no task.
  func requireHead(
    for dataset: Dataset?, _ arguments: BoundCommand, _ name: String = "model"
  ) throws -> any OutputHead {
    guard let head else {
      throw CommandFailure(
        "unexpected-output", "the outputs of `\(self.name)` look like those of no task that is known",
        at: arguments.span(of: name), help: "see `help load` for the outputs that are known, and `task:`")
    }
    guard head.task == .classification, let dataset, let preprocessing, !dataset.hasClassIndices,
      let outputs = ModelOutputs(graph, preprocessing: preprocessing, nameCount: labels?.count)
    else { return head }
    let candidates: [VisionTask] = [.landmarkDetection, .faceRecognition]
    let possible = candidates.filter(dataset.tasks.contains)
    return possible.count == 1 ? OutputHeadCatalog.head(of: outputs, task: possible[0]) ?? head : head
  }
}
