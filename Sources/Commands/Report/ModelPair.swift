import CommandLanguage
import Datasets
import Evaluation

/// The predictions of an optimized model and of its parent on the same dataset.
struct ModelPair {
  let optimized: Predictions
  let parent: Predictions
  let comparison: PredictionComparison

  /// Runs both models, as far as they have not been run on the dataset before.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  init(
    _ model: Model, _ parent: Model, on loaded: LoadedDataset, _ arguments: BoundCommand, in context: CommandContext
  ) throws {
    let source = PredictionSource.dataset(loaded)
    self.parent = try source.predictions(of: parent, arguments, "on", in: context)
    optimized = try source.predictions(of: model, arguments, "on", in: context)
    let (optimized, reference) = (optimized, self.parent)
    comparison = try attempt(arguments, "on") { try PredictionComparison(optimized: optimized, parent: reference) }
  }
}

extension Model {
  /// The model that this one was made of.
  ///
  /// - Throws: `CommandFailure` at the place of the model where it is not an optimized one.
  func requireParent(_ arguments: BoundCommand, _ name: String = "model") throws -> Model {
    if let parent { return parent }
    throw CommandFailure(
      "no-parent", "`\(self.name)` is not an optimized model, so there is no parent to compare with",
      at: arguments.span(of: name),
      help: "make an INT8 model with `calibrate \(arguments.reference(name)?.name ?? "model") using: …` and use that")
  }
}
