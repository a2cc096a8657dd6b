public import Datasets
import Dispatch
import Graphs
import Inference
import Synchronization
import Tensors

/// How far the outputs of an optimized model lie from those of its parent, picture by picture; and, where asked for, how
/// far its layers do.
public struct DistanceComparison: Sendable {
  /// One output for one picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// The output's name.
    public let output: String
    /// The distance.
    public let distance: TensorDistance

    /// Takes what was measured of one output.
    public init(sample: Sample, output: String, distance: TensorDistance) {
      self.sample = sample
      self.output = output
      self.distance = distance
    }
  }

  /// One layer over all pictures.
  public struct Layer: Sendable, Hashable {
    /// The name of what the layer computes, the same in both models.
    public let name: String
    /// The operator, as `Conv`.
    public let operatorName: String
    /// Whether the optimized model passes it on as 8-bit integers.
    public let isQuantized: Bool
    /// The distance over the elements of all pictures.
    public let distance: TensorDistance

    /// Takes what was measured of one layer.
    public init(name: String, operatorName: String, isQuantized: Bool, distance: TensorDistance) {
      self.name = name
      self.operatorName = operatorName
      self.isQuantized = isQuantized
      self.distance = distance
    }
  }

  /// One row for each picture and output, in the dataset's order.
  public let rows: [Row]
  /// The layers in the parent's order of execution; empty unless asked for.
  public let layers: [Layer]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]

  /// Takes distances that were measured.
  public init(rows: [Row], layers: [Layer] = [], skipped: [DatasetProblem] = []) {
    self.rows = rows
    self.layers = layers
    self.skipped = skipped
  }
}

/// Runs an optimized model and its parent on the same pictures and measures how far they lie apart.
public struct DistanceRun: Sendable {
  private static let pollMilliseconds = 20

  private let optimized: ImageModel
  private let parent: ImageModel
  private let outputs: [(name: String, optimized: Int, parent: Int)]
  private let layers: [ObservedLayer]

  /// A run of two models that take the same pictures.
  ///
  /// Outputs are matched by name and, where no name is shared, by place.
  ///
  /// - Parameter includesLayers: whether every layer that has the same name in both is measured too.
  /// - Throws: `EvaluationError.mismatch` if they have no output of the same shape in common.
  public init(optimized: ImageModel, parent: ImageModel, includesLayers: Bool = false) throws(EvaluationError) {
    self.optimized = optimized
    self.parent = parent
    let (ours, theirs) = (optimized.plans.graph, parent.plans.graph)
    func port(_ graph: Graph, _ index: Int) -> (name: String, type: ValueType?) {
      let id = graph.outputs[index]
      return (graph[id].name, graph.type(of: id))
    }
    var outputs: [(name: String, optimized: Int, parent: Int)] = []
    for index in theirs.outputs.indices {
      let (name, type) = port(theirs, index)
      let match =
        ours.outputs.indices.first { port(ours, $0).name == name }
        ?? (ours.outputs.indices.contains(index) ? index : nil)
      guard let match, port(ours, match).type?.shape == type?.shape else { continue }
      outputs.append((name, match, index))
    }
    guard !outputs.isEmpty else {
      throw EvaluationError(.mismatch, "the two models have no output of the same shape in common")
    }
    self.outputs = outputs
    layers = includesLayers ? ObservedLayer.shared(optimized: ours, parent: theirs) : []
  }

  /// Measures all pictures; one that cannot be read is skipped and named in the result.
  ///
  /// - Parameter progress: told from time to time how many pictures are done, on the calling thread.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, `DatasetError.noImages` if every picture was
  ///   skipped, `GraphError` or `InferenceError` if a model cannot be run.
  public func measure(
    _ dataset: Dataset, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in }
  ) throws -> DistanceComparison {
    let plans = try Interruptible.run(isCancelled: isCancelled) { [self] in
      guard !layers.isEmpty else {
        return (try optimized.plans.plan(batch: 1), try parent.plans.plan(batch: 1))
      }
      return (
        try optimized.plans.plan(batch: 1, observing: Set(layers.map(\.optimized))),
        try parent.plans.plan(batch: 1, observing: Set(layers.map(\.parent)))
      )
    }
    let job = DistanceJob(
      optimized: optimized, parent: parent, plans: plans, outputs: outputs, layers: layers, dataset: dataset)
    let group = DispatchGroup()
    defer { job.stop() }
    for index in 0..<min(ProcessorCount.active, dataset.samples.count) {
      DispatchQueue(label: "octet.distance.\(index)").async(group: group) { job.work() }
    }
    while group.wait(timeout: .now() + .milliseconds(Self.pollMilliseconds)) == .timedOut {
      if isCancelled() { throw CancellationError() }
      progress(job.finishedCount)
    }
    if isCancelled() { throw CancellationError() }
    progress(job.finishedCount)
    return try job.comparison()
  }
}

/// A value that both models compute.
struct ObservedLayer: Sendable {
  let name: String
  let operatorName: String
  let isQuantized: Bool
  let optimized: ValueID
  let parent: ValueID

  /// The float values of the same name in both graphs; of one that the optimized graph quantizes, what the next layer
  /// reads.
  static func shared(optimized: Graph, parent: Graph) -> [ObservedLayer] {
    var byName: [String: ValueID] = [:]
    var quantized: [ValueID: ValueID] = [:]
    for node in optimized.nodes {
      guard let output = node.outputs.first ?? nil else { continue }
      byName[optimized[output].name] = output
      if node.op is QuantizeLinear, let source = node.inputs.first ?? nil { quantized[output] = source }
    }
    var dequantized: [ValueID: ValueID] = [:]
    for node in optimized.nodes where node.op is DequantizeLinear {
      if let integers = node.inputs.first ?? nil, let source = quantized[integers],
        let output = node.outputs.first ?? nil
      {
        dequantized[source] = output
      }
    }
    return parent.nodes.compactMap { node in
      guard let value = node.outputs.first ?? nil, let other = byName[parent[value].name],
        let type = parent.type(of: value), type.elementType == .float32,
        optimized.type(of: other)?.shape == type.shape, optimized.type(of: other)?.elementType == .float32
      else { return nil }
      let read = dequantized[other]
      return ObservedLayer(
        name: parent[value].name, operatorName: node.operatorName, isQuantized: read != nil,
        optimized: read ?? other, parent: value)
    }
  }
}

/// The pictures of one run that are still to be done, and what came of the others.
private final class DistanceJob: Sendable {
  private enum Outcome {
    case distances([TensorDistance])
    case skipped(DatasetError)
  }

  private let optimized: ImageModel
  private let parent: ImageModel
  private let plans: (optimized: ExecutionPlan, parent: ExecutionPlan)
  private let outputs: [(name: String, optimized: Int, parent: Int)]
  private let layers: [ObservedLayer]
  private let dataset: Dataset
  private let next = Atomic(0)
  private let finished = Atomic(0)
  private let isStopped = Atomic(false)
  private let outcomes: Mutex<[Outcome?]>
  private let sums: Mutex<[DistanceSums]>
  private let failure = Mutex<(any Error)?>(nil)

  init(
    optimized: ImageModel, parent: ImageModel, plans: (ExecutionPlan, ExecutionPlan),
    outputs: [(name: String, optimized: Int, parent: Int)], layers: [ObservedLayer], dataset: Dataset
  ) {
    self.optimized = optimized
    self.parent = parent
    self.plans = plans
    self.outputs = outputs
    self.layers = layers
    self.dataset = dataset
    outcomes = Mutex([Outcome?](repeating: nil, count: dataset.samples.count))
    sums = Mutex([DistanceSums](repeating: DistanceSums(), count: layers.count))
  }

  var finishedCount: Int { finished.load(ordering: .relaxed) }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  func work() {
    do {
      let pair = (optimized: try Executor(plans.optimized), parent: try Executor(plans.parent))
      while !isStopped.load(ordering: .relaxed) {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < dataset.samples.count else { return }
        let outcome = try outcome(of: dataset.samples[index], pair.optimized, pair.parent)
        outcomes.withLock { $0[index] = outcome }
        finished.add(1, ordering: .relaxed)
      }
    } catch {
      failure.withLock { $0 = $0 ?? error }
      stop()
    }
  }

  private func outcome(of sample: Sample, _ ours: Executor, _ theirs: Executor) throws -> Outcome {
    do {
      let image = try dataset.load(sample)
      let values = try ours.run([optimized.preprocessing.apply(to: image)])
      let references = try theirs.run([parent.preprocessing.apply(to: image)])
      measureLayers(ours, theirs)
      return .distances(
        outputs.map { output in
          TensorDistance(reference: references[output.parent].floats, value: values[output.optimized].floats)
        })
    } catch let error as DatasetError {
      return .skipped(error)
    }
  }

  private func measureLayers(_ ours: Executor, _ theirs: Executor) {
    guard !layers.isEmpty else { return }
    let parts = layers.map { layer in
      var sums = DistanceSums()
      _ = theirs.withObserved(layer.parent) { reference in
        _ = ours.withObserved(layer.optimized) { value in
          guard reference.pixels == value.pixels, reference.channels == value.channels else { return }
          for pixel in 0..<reference.pixels {
            for channel in 0..<reference.channels {
              sums.add(
                Double(reference.elements[pixel * reference.stride + channel]),
                Double(value.elements[pixel * value.stride + channel]))
            }
          }
        }
      }
      return sums
    }
    sums.withLock { sums in
      for (index, part) in parts.enumerated() { sums[index].merge(part) }
    }
  }

  func comparison() throws -> DistanceComparison {
    if let failure = failure.withLock({ $0 }) { throw failure }
    var rows: [DistanceComparison.Row] = []
    var skipped: [DatasetProblem] = []
    for (sample, outcome) in zip(dataset.samples, outcomes.withLock { $0 }) {
      switch outcome {
      case .distances(let distances):
        rows += zip(outputs, distances).map { .init(sample: sample, output: $0.name, distance: $1) }
      case .skipped(let error):
        let reason = error.message + (error.remedy.map { "; \($0)" } ?? "")
        skipped.append(DatasetProblem(path: sample.path, reason: reason))
      case nil: break
      }
    }
    guard !rows.isEmpty else {
      throw DatasetError(
        .noImages,
        "none of the \(dataset.samples.count) pictures can be used"
          + (skipped.first.map { "; the first, \($0)" } ?? ""), file: dataset.root)
    }
    let layers = zip(layers, sums.withLock { $0 }).filter { $0.1.count > 0 }.map { layer, sums in
      DistanceComparison.Layer(
        name: layer.name, operatorName: layer.operatorName, isQuantized: layer.isQuantized,
        distance: TensorDistance(sums))
    }
    return DistanceComparison(rows: rows, layers: layers, skipped: skipped)
  }
}
