public import Tensors

/// Some samples, decoded and preprocessed.
public struct LoadedBatch: Sendable {
  /// At least one, in the dataset's order.
  public let samples: [Sample]
  /// Their inputs: float32 of shape [samples, C, H, W] or [samples, H, W, C].
  public let tensor: Tensor
  /// How many samples of the dataset have been loaded or skipped so far, this batch included.
  public let finishedCount: Int
  /// How many samples the dataset has.
  public let totalCount: Int
}

/// What came of loading a dataset.
public struct LoadingSummary: Sendable, Hashable {
  /// The number of pictures that were loaded.
  public let loadedCount: Int
  /// The pictures that could not be read or preprocessed, in the dataset's order.
  public let skipped: [DatasetProblem]
}
