import CommandLanguage

/// What reports on detectors and segmenters are told besides models, datasets and rows.
enum TaskReportLabels {
  /// The labels, behind those of all reports.
  static let labels: [ParameterSignature] =
    [
      ParameterSignature(
        "view",
        .choice([ChoiceWord("basic", "one row for each image"), ChoiceWord("advanced", "one for each class in it")]),
        default: "basic", "Detectors and segmenters: what a row is."),
      ParameterSignature(
        "overlap", .number(in: 0...1), default: "0.5",
        "Detectors: the least intersection over union of detections and objects that match."),
    ] + EvaluationOptions.detectionLabels(threshold: "0.5") + [EvaluationOptions.categoriesLabel]

  private static let detection: Set = ["overlap", "threshold", "suppress", "limit"]

  /// - Throws: `CommandFailure` where something was said that has no meaning for a classifier.
  static func checkClassifier(_ arguments: BoundCommand) throws {
    try refuse(detection.union(["view", "categories"]), "a classifier", arguments)
  }

  /// - Throws: `CommandFailure` where something was said that has no meaning for a segmenter.
  static func checkSegmenter(_ arguments: BoundCommand) throws {
    try refuse(detection, "a segmenter", arguments)
  }

  private static func refuse(_ labels: Set<String>, _ what: String, _ arguments: BoundCommand) throws {
    guard let label = labels.sorted().first(where: arguments.isGiven) else { return }
    throw CommandFailure(
      "unused-argument", "`\(label):` has no meaning for \(what)", at: arguments.span(of: label), help: "leave it out")
  }
}
