public import Datasets
import Dispatch
import Inference
import Synchronization
public import Tensors

/// Runs a model on all pictures of a dataset, several at the same time, and makes something of each picture's outputs.
///
/// Every worker decodes and computes pictures of its own, so that results do not depend on how many there are.
public struct PictureRun: Sendable {
  private static let pollMilliseconds = 20

  /// What came of the pictures.
  public struct Results<Result: Sendable>: Sendable {
    /// The pictures that could be used, in the dataset's order.
    public let samples: [Sample]
    /// What was made of each of them.
    public let values: [Result]
    /// The pictures that could not be used, in the dataset's order.
    public let skipped: [DatasetProblem]
  }

  /// The model.
  public let model: ImageModel
  /// How many pictures are worked on at the same time, at least 1.
  public let workerCount: Int

  /// A run with as many workers as there are processors, unless said otherwise; 1 to 64.
  public init(_ model: ImageModel, workerCount: Int = ProcessorCount.active) {
    self.model = model
    self.workerCount = min(max(workerCount, 1), 64)
  }

  /// Runs the model on all pictures; one that cannot be read, preprocessed or used is skipped and named in the result.
  ///
  /// - Parameters:
  ///   - progress: told from time to time how many pictures are done, on the calling thread.
  ///   - body: makes something of a picture and the model's outputs, on any thread; a `DatasetError` skips the picture.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, `GraphError` or `InferenceError` if the model
  ///   cannot be run, and what `body` throws.
  public func run<Result: Sendable>(
    _ dataset: Dataset, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in },
    _ body: @escaping @Sendable (_ outputs: [Tensor], _ image: Image, _ sample: Sample) throws -> Result
  ) throws -> Results<Result> {
    let plan = try model.plans.plan(batch: 1, isCancelled: isCancelled)
    let job = PictureJob(model: model, dataset: dataset, plan: plan, body: body)
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
    return try job.results()
  }
}

/// The pictures of one run that are still to be done, and what came of the others.
private final class PictureJob<Result: Sendable>: Sendable {
  private enum Outcome {
    case value(Result)
    case skipped(DatasetError)
  }

  private let model: ImageModel
  private let dataset: Dataset
  private let plan: ExecutionPlan
  private let body: @Sendable ([Tensor], Image, Sample) throws -> Result
  private let next = Atomic(0)
  private let finished = Atomic(0)
  private let isStopped = Atomic(false)
  private let outcomes: Mutex<[Outcome?]>
  private let failure = Mutex<(any Error)?>(nil)

  init(
    model: ImageModel, dataset: Dataset, plan: ExecutionPlan,
    body: @escaping @Sendable ([Tensor], Image, Sample) throws -> Result
  ) {
    self.model = model
    self.dataset = dataset
    self.plan = plan
    self.body = body
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
      let image = try dataset.load(sample)
      let input = try model.preprocessing.apply(to: image)
      return .value(try body(executor.run([input]), image, sample))
    } catch let error as DatasetError {
      return .skipped(error)
    }
  }

  func results() throws -> PictureRun.Results<Result> {
    if let failure = failure.withLock({ $0 }) { throw failure }
    var samples: [Sample] = []
    var values: [Result] = []
    var skipped: [DatasetProblem] = []
    for (sample, outcome) in zip(dataset.samples, outcomes.withLock { $0 }) {
      switch outcome {
      case .value(let value):
        samples.append(sample)
        values.append(value)
      case .skipped(let error):
        let reason = error.message + (error.remedy.map { "; \($0)" } ?? "")
        skipped.append(DatasetProblem(path: sample.path, reason: reason))
      case nil: break
      }
    }
    return .init(samples: samples, values: values, skipped: skipped)
  }
}
