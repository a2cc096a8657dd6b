import CommandLanguage
import Datasets
import Evaluation

/// Which of a model's outputs the annotations of a dataset mean.
struct AnnotatedClasses {
  /// For each sample of the dataset, the index of its class among the outputs.
  let indices: [Int]
  /// What was decided, in a sentence; nil where indices mean outputs as they are.
  let note: String?

  /// Some networks have one output more than there are classes, the first of them for the background. Where all
  /// annotations fit the outputs shifted by one too, the way that gives the model the higher accuracy is taken.
  ///
  /// - Throws: `CommandFailure` if a class index is beyond the outputs.
  init(
    of loaded: LoadedDataset, for model: Model, _ arguments: BoundCommand, _ name: String, in context: CommandContext
  ) throws {
    let given = loaded.dataset.samples.map { $0.classIndex ?? -1 }
    let predictions = try PredictionSource.dataset(loaded).predictions(of: model, arguments, name, in: context)
    let largest = given.max() ?? 0
    guard largest < predictions.outputCount else {
      throw CommandFailure(
        "class-out-of-range",
        "the annotations name class \(largest), but the model has \(predictions.outputCount) outputs",
        at: arguments.span(of: name), help: "use a dataset whose class indices are those of the model")
    }
    let classes = Dictionary(zip(loaded.dataset.samples.map(\.path), given)) { first, _ in first }
    func correct(_ offset: Int) -> Int {
      predictions.samples.indices.count { index in
        predictions.scores(ofSample: index).best == (classes[predictions.samples[index].path] ?? -1) + offset
      }
    }
    if largest + 1 < predictions.outputCount, correct(1) > correct(0) {
      indices = given.map { $0 + 1 }
      note = "class 0 of the annotations is output 1 of the model"
    } else {
      indices = given
      note = nil
    }
  }
}
