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
