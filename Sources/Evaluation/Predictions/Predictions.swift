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

  /// What the model said of one picture.
  public func scores(ofSample index: Int) -> Scores {
    Scores(values[index * outputCount..<(index + 1) * outputCount])
  }
}
