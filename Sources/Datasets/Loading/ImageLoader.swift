import Dispatch
import Synchronization
import Tensors

/// Decodes and preprocesses the pictures of a dataset ahead of their consumer.
///
/// What the consumer sees does not depend on the number of threads.
public struct ImageLoader: Sendable {
  private static let pollMilliseconds = 20

  /// How many threads decode, at least 1.
  public let threadCount: Int

  /// Makes a loader; numbers outside of 1 to 64 are brought into that range.
  public init(threadCount: Int = 2) { self.threadCount = min(max(threadCount, 1), 64) }

  /// Loads all samples in order and hands them over in batches; the last may be smaller.
  ///
  /// A picture that cannot be read or preprocessed is skipped and named in the summary. At most one batch and two
  /// pictures a thread are held in memory besides the batch that `body` works on.
  ///
  /// - Parameter batchSize: at least 1; smaller numbers count as 1.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, `DatasetError.noImages` if every picture was
  ///   skipped, and what `body` throws.
  public func forEachBatch(
    of dataset: Dataset, batchSize: Int, preprocessing: Preprocessing, isCancelled: @Sendable () -> Bool = { false },
    body: (LoadedBatch) throws -> Void
  ) throws -> LoadingSummary {
    let batchSize = min(max(batchSize, 1), dataset.samples.count)
    let queues = (0..<threadCount).map { DispatchQueue(label: "octet.images.\($0)") }
    let isAbandoned = Flag()
    defer { isAbandoned.set() }
    var pending: [PendingInput] = []
    var nextIndex = 0
    var finishedCount = 0
    var loadedCount = 0
    var skipped: [DatasetProblem] = []
    var samples: [Sample] = []
    var values: [Float] = []

    while finishedCount < dataset.samples.count {
      while nextIndex < dataset.samples.count, pending.count < batchSize + 2 * threadCount {
        let input = PendingInput(dataset.samples[nextIndex])
        queues[nextIndex % threadCount].async {
          guard !isAbandoned.isSet else { return }
          input.finish(with: Self.values(of: input.sample, in: dataset, preprocessing: preprocessing))
        }
        pending.append(input)
        nextIndex += 1
      }
      let input = pending.removeFirst()
      switch try Self.result(of: input, isCancelled: isCancelled) {
      case .success(let loaded):
        samples.append(input.sample)
        values.append(contentsOf: loaded)
        loadedCount += 1
      case .failure(let error):
        skipped.append(DatasetProblem(path: input.sample.path, error: error))
      }
      finishedCount += 1
      if samples.count == batchSize || (finishedCount == dataset.samples.count && !samples.isEmpty) {
        let tensor = try Tensor(shape: preprocessing.tensorShape(imageCount: samples.count), values)
        try body(
          LoadedBatch(
            samples: samples, tensor: tensor, finishedCount: finishedCount, totalCount: dataset.samples.count))
        samples.removeAll(keepingCapacity: true)
        values = []
      }
    }
    guard loadedCount > 0 else {
      throw DatasetError(
        .noImages,
        "none of the \(dataset.samples.count) pictures can be used"
          + (skipped.first.map { "; the first, \($0)" } ?? ""),
        file: dataset.root)
    }
    return LoadingSummary(loadedCount: loadedCount, skipped: skipped)
  }

  private static func values(
    of sample: Sample, in dataset: Dataset, preprocessing: Preprocessing
  ) -> Result<[Float], DatasetError> {
    do {
      return .success(try preprocessing.values(dataset.load(sample)))
    } catch {
      return .failure(error)
    }
  }

  private static func result(
    of input: PendingInput, isCancelled: () -> Bool
  ) throws -> Result<[Float], DatasetError> {
    while true {
      if isCancelled() { throw CancellationError() }
      if let result = input.wait(milliseconds: pollMilliseconds) { return result }
    }
  }
}

/// A sign that is set once, by one thread for the others.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isSet: Bool { state.load(ordering: .relaxed) }

  func set() { state.store(true, ordering: .relaxed) }
}
