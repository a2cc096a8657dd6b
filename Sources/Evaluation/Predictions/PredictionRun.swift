public import Datasets
import Dispatch
import Inference
import Synchronization

/// Runs a model on all pictures of a dataset, several at the same time.
///
/// Every worker decodes and computes pictures of its own, so that results do not depend on how many there are.
public struct PredictionRun: Sendable {
  private static let pollMilliseconds = 20

  /// The model.
  public let model: ImageModel
  /// How many pictures are worked on at the same time, at least 1.
  public let workerCount: Int

  /// A run with as many workers as there are processors, unless said otherwise; 1 to 64.
  public init(_ model: ImageModel, workerCount: Int = ProcessorCount.active) {
    self.model = model
    self.workerCount = min(max(workerCount, 1), 64)
  }

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
    let plan = try model.plans.plan(batch: 1, isCancelled: isCancelled)
    let job = PredictionJob(model: model, dataset: dataset, plan: plan)
    let group = DispatchGroup()
    defer { job.stop() }
    for index in 0..<min(workerCount, dataset.samples.count) {
      DispatchQueue(label: "octet.predict.\(index)").async(group: group) { job.work() }
    }
    while group.wait(timeout: .now() + .milliseconds(Self.pollMilliseconds)) == .timedOut {
      if isCancelled() { throw CancellationError() }
      progress(job.finishedCount)
    }
    if isCancelled() { throw CancellationError() }
    progress(job.finishedCount)
    return try job.predictions()
  }
}

/// The pictures of one run that are still to be done, and what came of the others.
private final class PredictionJob: Sendable {
  private enum Outcome {
    case scores([Float])
    case skipped(DatasetError)
  }

  private let model: ImageModel
  private let dataset: Dataset
  private let plan: ExecutionPlan
  private let next = Atomic(0)
  private let finished = Atomic(0)
  private let isStopped = Atomic(false)
  private let outcomes: Mutex<[Outcome?]>
  private let failure = Mutex<(any Error)?>(nil)

  init(model: ImageModel, dataset: Dataset, plan: ExecutionPlan) {
    self.model = model
    self.dataset = dataset
    self.plan = plan
    outcomes = Mutex([Outcome?](repeating: nil, count: dataset.samples.count))
  }

  var finishedCount: Int { finished.load(ordering: .relaxed) }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  func work() {
    do {
      let executor = try Executor(plan, threads: 1)
      while !isStopped.load(ordering: .relaxed) {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < dataset.samples.count else { return }
        let outcome = try outcome(of: dataset.samples[index], executor)
        outcomes.withLock { $0[index] = outcome }
        finished.add(1, ordering: .relaxed)
      }
    } catch {
      failure.withLock { $0 = $0 ?? error }
      stop()
    }
  }

  private func outcome(of sample: Sample, _ executor: Executor) throws -> Outcome {
    do {
      let input = try model.preprocessing.apply(to: dataset.load(sample))
      return .scores(ImageModel.scores(try executor.run([input])))
    } catch let error as DatasetError {
      return .skipped(error)
    }
  }

  func predictions() throws -> Predictions {
    if let failure = failure.withLock({ $0 }) { throw failure }
    var samples: [Sample] = []
    var values: [Float] = []
    var skipped: [DatasetProblem] = []
    for (sample, outcome) in zip(dataset.samples, outcomes.withLock { $0 }) {
      switch outcome {
      case .scores(let scores):
        samples.append(sample)
        values += scores
      case .skipped(let error):
        let reason = error.message + (error.remedy.map { "; \($0)" } ?? "")
        skipped.append(DatasetProblem(path: sample.path, reason: reason))
      case nil: break
      }
    }
    return try Predictions(samples: samples, outputCount: model.outputCount, values: values, skipped: skipped)
  }
}
