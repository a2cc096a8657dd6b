public import Datasets

/// What a model said of the pictures of a dataset.
public struct Predictions: Sendable {
  /// The pictures that could be read, in the dataset's order.
  public let samples: [Sample]
  /// How many numbers the model gives for one picture.
  public let outputCount: Int
  /// The numbers, picture by picture: `samples.count * outputCount` of them.
  public let values: [Float]
  /// The pictures that could not be used, in the dataset's order.
  public let skipped: [DatasetProblem]

  /// Makes predictions of rows, as many as there are samples.
  ///
  /// - Throws: `EvaluationError.mismatch` if the number of values is not samples times outputs.
  public init(
    samples: [Sample], outputCount: Int, values: [Float], skipped: [DatasetProblem] = []
  ) throws(EvaluationError) {
    let (expected, overflow) = samples.count.multipliedReportingOverflow(by: outputCount)
    guard !overflow, values.count == expected else {
      throw EvaluationError(.mismatch, "\(values.count) values do not make \(samples.count) rows of \(outputCount)")
    }
    self.samples = samples
    self.outputCount = outputCount
    self.values = values
    self.skipped = skipped
  }

  /// Joins the predictions of parts of a dataset, in its order.
  ///
  /// - Throws: `DatasetError.noImages` if every picture was skipped, `EvaluationError.mismatch` if the parts are not of
  ///   one model.
  public init(joining parts: [Predictions], of dataset: Dataset) throws {
    let outputCount = parts.first?.outputCount ?? 0
    let samples = parts.flatMap(\.samples)
    let skipped = parts.flatMap(\.skipped)
    guard !samples.isEmpty else {
      throw DatasetError(
        .noImages,
        "none of the \(dataset.samples.count) pictures can be used"
          + (skipped.first.map { "; the first, \($0)" } ?? ""), file: dataset.root)
    }
    var values: [Float] = []
    values.reserveCapacity(parts.map(\.values.count).reduce(0, +))
    for part in parts { values += part.values }
    try self.init(samples: samples, outputCount: outputCount, values: values, skipped: skipped)
  }

  /// What the model said of one picture.
  public func scores(ofSample index: Int) -> Scores {
    Scores(values[index * outputCount..<(index + 1) * outputCount])
  }
}
