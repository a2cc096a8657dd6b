import Datasets
import Evaluation
import FoundationEssentials

/// Predictions in the terms of a task by blocks of pictures, each of which is kept as soon as it is finished.
struct CachedTaskPredictions {
  let model: Model
  let imageModel: ImageModel
  let head: any OutputHead
  let options: DetectionOptions
  let store: ResultStore

  /// What the model says of a dataset.
  ///
  /// - Throws: as `TaskRun.predictReadable`, and `DatasetError.noImages` where no picture can be used.
  func predict(
    _ loaded: LoadedDataset, isCancelled: () -> Bool, progress: (Int) -> Void
  ) throws -> TaskPredictions {
    let all = loaded.dataset.samples
    var blocks: [TaskPredictions] = []
    for start in stride(from: 0, to: all.count, by: CachedPredictions.blockSize) {
      let range = start..<min(start + CachedPredictions.blockSize, all.count)
      blocks.append(try block(range, of: loaded, isCancelled: isCancelled) { progress(start + $0) })
      progress(range.upperBound)
    }
    let skipped = blocks.flatMap(\.skipped)
    guard blocks.contains(where: { !$0.samples.isEmpty }) else {
      throw DatasetError(
        .noImages,
        "none of the \(all.count) pictures can be used" + (skipped.first.map { "; the first, \($0)" } ?? ""),
        file: loaded.dataset.root)
    }
    return TaskPredictions(samples: blocks.flatMap(\.samples), items: blocks.flatMap(\.items), skipped: skipped)
  }

  private func block(
    _ range: Range<Int>, of loaded: LoadedDataset, isCancelled: () -> Bool, progress: (Int) -> Void
  ) throws -> TaskPredictions {
    let part = loaded.dataset.selecting(Array(loaded.dataset.samples[range]))
    let run = TaskRun(imageModel, head: head, options: options)
    guard store.folder != nil else {
      return try run.predictReadable(part, isCancelled: isCancelled, progress: progress)
    }
    var key = ResultKey(.predictions)
    key.addInstructionSet()
    key.add("model", try model.contentDigest(isCancelled: isCancelled))
    key.add("pictures", try loaded.digest(of: range, isCancelled: isCancelled))
    key.add("orientation", loaded.dataset.orientation.rawValue)
    key.add("outputs", "\(head.task.rawValue), \(head.summary)")
    key.add("options", head.task == .objectDetection ? options.description : "")
    if let data = store.data(.predictions, key.name), let known = TaskPredictionBytes.decode(data, part) {
      return known
    }
    let predictions = try run.predictReadable(part, isCancelled: isCancelled, progress: progress)
    store.keep(TaskPredictionBytes.encode(predictions, part), .predictions, key.name)
    return predictions
  }
}
