import Graphs
public import Inference

/// One step of a plan: what it computes, in which precision, with which kernel, and how long it takes.
public struct LayerTiming: Sendable, Hashable {
  /// The name of the first layer that the step computes.
  public let name: String
  /// The layers of the graph that it computes, those that only quantize or dequantize left out.
  public let layers: [String]
  /// The operator with what is fused into it, as `Conv+ReLU`.
  public let operation: String
  /// The microkernel or loop that does the work.
  public let kernel: String
  /// The precision that it computes in, `INT8` or `FP32`.
  public let precision: String
  /// The time of one inference that it takes, the median of several; nil where nothing was measured.
  public let seconds: Double?

  /// Takes what is known of a step.
  public init(
    name: String, layers: [String], operation: String, kernel: String, precision: String, seconds: Double?
  ) {
    self.name = name
    self.layers = layers
    self.operation = operation
    self.kernel = kernel
    self.precision = precision
    self.seconds = seconds
  }
}

/// The steps of a plan with their times.
public enum LayerProfile {
  private static let longest = Duration.seconds(1)

  /// The steps without times.
  public static func steps(of plan: ExecutionPlan) -> [LayerTiming] {
    timings(of: plan, seconds: [Double?](repeating: nil, count: plan.steps.count))
  }

  /// The steps with the median of their times over several runs; fewer than asked for where they take long.
  ///
  /// - Throws: `CancellationError` after the run in which `isCancelled` becomes true, `InferenceError`.
  public static func measure(
    _ plan: ExecutionPlan, threads: Int, runs: Int, isCancelled: () -> Bool = { false }
  ) throws -> [LayerTiming] {
    let executor = try Executor(plan, threads: threads)
    for (index, tensor) in try SyntheticInputs.make(plan.inputs).enumerated() { try executor.setInput(index, tensor) }
    _ = try executor.profiledExecute()
    var times = [[Double]](repeating: [], count: plan.steps.count)
    let end = ContinuousClock().now + longest
    for run in 0..<max(runs, 1) where run == 0 || ContinuousClock().now < end {
      if isCancelled() { throw CancellationError() }
      for (index, seconds) in try executor.profiledExecute().enumerated() where times.indices.contains(index) {
        times[index].append(seconds)
      }
    }
    return timings(of: plan, seconds: times.map { LatencyStatistics(seconds: $0).median })
  }

  private static func timings(of plan: ExecutionPlan, seconds: [Double?]) -> [LayerTiming] {
    let conversions = Set(
      plan.graph.nodes.filter { $0.op is QuantizeLinear || $0.op is DequantizeLinear }.map(\.name))
    return zip(plan.steps, seconds).map { step, seconds in
      LayerTiming(
        name: step.nodes.first { !conversions.contains($0) } ?? step.nodes.first ?? step.operation,
        layers: step.nodes.filter { !conversions.contains($0) }, operation: step.operation, kernel: step.kernel,
        precision: step.precision, seconds: seconds)
    }
  }
}
