import CommandLanguage
import Datasets

/// The words by which tasks are named.
enum TaskWord {
  private static let words: [(word: String, task: VisionTask, summary: String)] = [
    ("classification", .classification, "scores of classes for the whole picture"),
    ("detection", .objectDetection, "boxes with classes and scores"),
    ("segmentation", .semanticSegmentation, "a class for each pixel"),
    ("superResolution", .superResolution, "a larger picture"),
    ("styleTransfer", .styleTransfer, "another picture"),
    ("landmarks", .landmarkDetection, "points, x and y in turn"),
    ("reidentification", .faceRecognition, "numbers that are alike for pictures of the same person"),
  ]

  /// The label that names one.
  static let label = ParameterSignature(
    "task", .choice(words.map { ChoiceWord($0.word, $0.summary) }), absent: "told from the outputs",
    "What the model is made for; to be said where its outputs could mean several things.")

  /// The task of a word.
  static func task(_ word: String) -> VisionTask? { words.first { $0.word == word }?.task }

  /// The word of a task; nil where it has none.
  static func word(_ task: VisionTask) -> String? { words.first { $0.task == task }?.word }
}
