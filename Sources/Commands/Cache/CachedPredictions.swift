import Datasets
import Evaluation
import FoundationEssentials
import GraphArchives

/// Predictions by blocks of pictures, each of which is kept as soon as it is finished.
///
/// A run that is cut off loses the block that it was at, whatever ended it.
struct CachedPredictions {
  /// How many pictures one block has.
  static let blockSize = 64

  let model: Model
  let imageModel: ImageModel
  let store: ResultStore

  /// What the model says of a dataset.
  ///
  /// - Throws: as `PredictionRun.predict`.
  func predict(
    _ loaded: LoadedDataset, isCancelled: () -> Bool, progress: (Int) -> Void
  ) throws -> Predictions {
    let samples = loaded.dataset.samples
    var blocks: [Predictions] = []
    for start in stride(from: 0, to: samples.count, by: Self.blockSize) {
      let range = start..<min(start + Self.blockSize, samples.count)
      blocks.append(try block(range, of: loaded, isCancelled: isCancelled) { progress(start + $0) })
      progress(range.upperBound)
    }
    return try Predictions(joining: blocks, of: loaded.dataset)
  }

  private func block(
    _ range: Range<Int>, of loaded: LoadedDataset, isCancelled: () -> Bool, progress: (Int) -> Void
  ) throws -> Predictions {
    let part = loaded.dataset.selecting(Array(loaded.dataset.samples[range]))
    guard store.folder != nil else {
      return try PredictionRun(imageModel).predictReadable(part, isCancelled: isCancelled, progress: progress)
    }
    var key = ResultKey(.predictions)
    key.addInstructionSet()
    key.add("model", try model.contentDigest(isCancelled: isCancelled))
    key.add("pictures", try loaded.digest(of: range, isCancelled: isCancelled))
    if let data = store.data(.predictions, key.name), let known = Self.decode(data, part, imageModel.outputCount) {
      return known
    }
    let predictions = try PredictionRun(imageModel).predictReadable(
      part, isCancelled: isCancelled, progress: progress)
    store.keep(Self.encode(predictions, part), .predictions, key.name)
    return predictions
  }

  /// For each picture, why it was skipped or an empty text; then all scores.
  private static func encode(_ predictions: Predictions, _ part: Dataset) -> Data {
    let reasons = Dictionary(predictions.skipped.map { ($0.path, $0.reason) }, uniquingKeysWith: { first, _ in first })
    var writer = ByteWriter()
    writer.write(part.samples.count)
    for sample in part.samples { writer.write(reasons[sample.path] ?? "") }
    writer.write(predictions.values)
    return writer.bytes
  }

  private static func decode(_ data: Data, _ part: Dataset, _ outputCount: Int) -> Predictions? {
    var reader = ByteReader(data)
    guard let count = try? reader.count(), count == part.samples.count else { return nil }
    var read: [Sample] = []
    var skipped: [DatasetProblem] = []
    for sample in part.samples {
      guard let reason = try? reader.text() else { return nil }
      if reason.isEmpty { read.append(sample) } else { skipped.append(.init(path: sample.path, reason: reason)) }
    }
    guard let values = try? reader.floats(), reader.isAtEnd else { return nil }
    return try? Predictions(samples: read, outputCount: outputCount, values: values, skipped: skipped)
  }
}
