import CommandLanguage
import Datasets
import Evaluation

/// What `evaluate` is told besides models and a dataset.
struct EvaluationOptions {
  /// By what models are judged.
  enum Metric: String {
    case accuracy, map, coco, meanIoU, ssim, windowedSSIM, psnr, normedError, pairwiseAccuracy

    var task: Set<VisionTask> {
      switch self {
      case .accuracy: [.classification]
      case .map, .coco: [.objectDetection]
      case .meanIoU: [.semanticSegmentation]
      case .ssim, .windowedSSIM, .psnr: [.superResolution, .styleTransfer, .inpainting]
      case .normedError: [.landmarkDetection]
      case .pairwiseAccuracy: [.faceRecognition]
      }
    }
  }

  private static let labelTasks: [String: Set<VisionTask>] = [
    "top": [.classification], "overlap": [.objectDetection], "integral": [.objectDetection],
    "threshold": [.objectDetection], "suppress": [.objectDetection], "limit": [.objectDetection],
    "border": [.superResolution, .styleTransfer, .inpainting], "subsets": [.faceRecognition],
    "categories": [.objectDetection, .semanticSegmentation],
    "background": [.classification, .objectDetection, .semanticSegmentation],
  ]

  static let labels: [ParameterSignature] =
    [
      ParameterSignature(
        "metric",
        .choice([
          ChoiceWord("accuracy", "classifiers: the part of images whose class is among the highest scores"),
          ChoiceWord("map", "detectors: mean average precision by the rules of Pascal VOC"),
          ChoiceWord("coco", "detectors: average precision by the rules of COCO, over overlaps of 0.5 to 0.95"),
          ChoiceWord("meanIoU", "segmenters: mean intersection over union of classes"),
          ChoiceWord("ssim", "pictures: structural similarity over the whole picture"),
          ChoiceWord("windowedSSIM", "pictures: structural similarity in Gaussian windows of 11 x 11"),
          ChoiceWord("psnr", "pictures: peak signal to noise ratio of the brightness"),
          ChoiceWord("normedError", "landmarks: mean distance over that of the eyes"),
          ChoiceWord("pairwiseAccuracy", "faces: pairs that are rightly told to show one person or two"),
        ]), absent: "that of the task: accuracy, map, meanIoU, ssim, normedError or pairwiseAccuracy",
        "By what the model is judged."),
      ParameterSignature(
        "top", .integer(1...100), default: "5", "Classifiers: among how many highest scores the class counts as found."),
      ParameterSignature(
        "overlap", .number(in: 0...1), default: "0.5",
        "Detectors: the least intersection over union of a right detection."),
      ParameterSignature(
        "integral",
        .choice([
          ChoiceWord("max", "the area below the curve, its precision made falling"),
          ChoiceWord("elevenPoint", "the mean precision at recalls of 0, 0.1 … 1"),
        ]), default: "max", "Detectors: how `map` measures the area below the curve."),
    ] + detectionLabels(threshold: "0.01") + [
      ParameterSignature(
        "border", .integer(0...1000), default: "4", "Pictures: how many pixels at each edge PSNR leaves out."),
      ParameterSignature(
        "subsets", .integer(2...100_000), default: "10", "Faces: into how many parts the pairs are divided."),
      BackgroundClass.label, categoriesLabel,
    ]

  static let categoriesLabel = ParameterSignature(
    "categories", .integer(80...91), absent: "told from the number of classes",
    "How the model counts COCO's classes: as the 80 that are used, or by their 91 numbers.")

  /// The labels that say which boxes of a detector are kept.
  static func detectionLabels(threshold: String) -> [ParameterSignature] {
    [
      ParameterSignature(
        "threshold", .number(in: 0...1), default: threshold, "Detectors: the least score of a detection."),
      ParameterSignature(
        "suppress", .number(in: 0...1), default: "0.5",
        "Detectors: the overlap above which the box of the lower score is dropped, within a class."),
      ParameterSignature(
        "limit", .integer(1...10_000), default: "100", "Detectors: how many detections a picture has at most."),
    ]
  }

  let metric: Metric?
  let top: Int
  let overlap: Double
  let integral: MeanAveragePrecision.Integral
  let border: Int
  let subsets: Int

  init(_ arguments: BoundCommand) {
    metric = arguments.choice("metric").flatMap(Metric.init(rawValue:))
    top = arguments.integer("top") ?? 5
    overlap = arguments.number("overlap") ?? 0.5
    integral = arguments.choice("integral") == "elevenPoint" ? .elevenPoints : .area
    border = arguments.integer("border") ?? 4
    subsets = arguments.integer("subsets") ?? 10
  }

  /// - Throws: `CommandFailure` where something was said that has no meaning for the task.
  func check(_ task: VisionTask, _ arguments: BoundCommand) throws {
    if let metric, !metric.task.contains(task) {
      throw CommandFailure(
        "unused-argument", "`\(metric.rawValue)` is no metric of \(task.rawValue)", at: arguments.span(of: "metric"),
        help: "leave `metric:` out, or see `help evaluate`")
    }
    for (label, tasks) in Self.labelTasks.sorted(by: { $0.key < $1.key })
    where arguments.isGiven(label) && !tasks.contains(task) {
      throw CommandFailure(
        "unused-argument", "`\(label):` has no meaning for \(task.rawValue)", at: arguments.span(of: label),
        help: "leave it out")
    }
    if arguments.isGiven("integral"), metric == .coco {
      throw CommandFailure(
        "unused-argument", "`integral:` has no meaning for the metric coco", at: arguments.span(of: "integral"),
        help: "leave it out, or use `metric: map`")
    }
    if let count = arguments.integer("categories"), ClassMapping.Categories(rawValue: count) == nil {
      throw CommandFailure(
        "invalid-setting", "COCO's classes are counted as 80 or 91, not \(count)",
        at: arguments.span(of: "categories"), help: "use `categories: 80` or `categories: 91`")
    }
  }
}

extension DetectionOptions {
  /// What the labels of `EvaluationOptions.detectionLabels` say.
  init(_ arguments: BoundCommand) {
    self.init(
      threshold: arguments.number("threshold") ?? 0.01, overlap: arguments.number("suppress") ?? 0.5,
      limit: arguments.integer("limit") ?? 100)
  }
}
