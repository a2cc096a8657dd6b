public import Datasets

/// Runs a model on all pictures of a dataset, several at the same time, and keeps the numbers of its first output.
public struct PredictionRun: Sendable {
  /// The model.
  public let model: ImageModel
  private let run: PictureRun

  /// A run with as many workers as there are processors, unless said otherwise; 1 to 64.
  public init(_ model: ImageModel, workerCount: Int = ProcessorCount.active) {
    self.model = model
    run = PictureRun(model, workerCount: workerCount)
  }

  /// How many pictures are worked on at the same time, at least 1.
  public var workerCount: Int { run.workerCount }

  /// Predicts all pictures; one that cannot be read or preprocessed is skipped and named in the result.
  ///
  /// - Parameter progress: told from time to time how many pictures are done, on the calling thread.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, `DatasetError.noImages` if every picture was
  ///   skipped, `GraphError` or `InferenceError` if the model cannot be run.
  public func predict(
    _ dataset: Dataset, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in }
  ) throws -> Predictions {
    try Predictions(
      joining: [predictReadable(dataset, isCancelled: isCancelled, progress: progress)], of: dataset)
  }

  /// Predicts all pictures as `predict` does, and gives no rows where none of them can be read.
  ///
  /// - Throws: as `predict`, but not `DatasetError.noImages`.
  public func predictReadable(
    _ dataset: Dataset, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in }
  ) throws -> Predictions {
    let results = try run.run(dataset, isCancelled: isCancelled, progress: progress) { outputs, _, _ in
      ImageModel.scores(outputs)
    }
    var values: [Float] = []
    values.reserveCapacity(results.values.count * model.outputCount)
    for scores in results.values { values += scores }
    return try Predictions(
      samples: results.samples, outputCount: model.outputCount, values: values, skipped: results.skipped)
  }
}
