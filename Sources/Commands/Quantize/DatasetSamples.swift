import Datasets
import Evaluation
import Quantization
import Synchronization

/// The pictures of a dataset as a model's inputs, and those that could not be used.
final class DatasetSamples: Sendable {
  private let dataset: Dataset
  private let model: ImageModel
  private let reasons = Mutex<[Int: String]>([:])

  /// Pictures prepared as a model wants them.
  init(_ dataset: Dataset, for model: ImageModel) {
    self.dataset = dataset
    self.model = model
  }

  /// The pictures for a quantization; one that cannot be read is left out and remembered.
  var calibrationSamples: CalibrationSamples {
    CalibrationSamples(count: dataset.samples.count) { [self] index in
      do {
        return [try model.preprocessing.apply(to: dataset.load(dataset.samples[index]))]
      } catch let error as DatasetError {
        reasons.withLock { $0[index] = error.message }
        return nil
      }
    }
  }

  /// The pictures that could not be used so far, in the dataset's order.
  var skipped: [DatasetProblem] {
    reasons.withLock { $0 }.sorted { $0.key < $1.key }.map {
      DatasetProblem(path: dataset.samples[$0.key].path, reason: $0.value)
    }
  }
}
