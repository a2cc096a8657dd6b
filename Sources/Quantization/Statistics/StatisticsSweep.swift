import Graphs
import Inference
import Tensors

/// One run of the floating-point network over the calibration samples, in which everything is seen that is needed.
struct StatisticsSweep {
  /// The values whose ranges are wanted.
  var ranged: [ValueID]
  /// The values of which only the mean of each channel over some samples is wanted.
  var averaged: [ValueID]
  /// The samples to run.
  var samples: [Int]
  /// Those of them that count for `averaged`.
  var averagedSamples: Set<Int>

  /// What was seen.
  struct Outcome: Sendable, Codable {
    var ranges: [ValueID: TensorStatistics] = [:]
    var averages: [ValueID: ChannelStatistics] = [:]
    /// The samples that could be used, in order.
    var used: [Int] = []

    fileprivate mutating func merge(_ other: Outcome) {
      for (value, statistics) in other.ranges { ranges[value, default: TensorStatistics()].merge(statistics) }
      for (value, statistics) in other.averages { averages[value, default: ChannelStatistics()].merge(statistics) }
      used += other.used
    }
  }

  /// Runs a graph over the samples.
  ///
  /// - Throws: `QuantizationError.nonFiniteValue`, `InferenceError` for tensors that do not fit the graph,
  ///   `CancellationError`, what reading a sample throws.
  func run(
    _ graph: Graph, calibration: CalibrationSamples, threads: Int, isCancelled: @escaping () -> Bool,
    progress: (Int) -> Void
  ) throws -> Outcome {
    let plan = try ExecutionPlan(
      graph, options: InferenceOptions(instructionSet: .forCalibration, observed: Set(ranged + averaged)))
    let sweep = self
    var outcome = Outcome()
    let loop = SampleLoop(sampleCount: samples.count, threads: threads, isCancelled: isCancelled)
    try loop.run(
      makeWorker: {
        let executor = try Executor(plan)
        return { range, finishSample in
          var block = Outcome()
          for sample in sweep.samples[range] {
            if let tensors = try calibration.tensors(sample) {
              try sweep.add(sample, tensors, executor, to: &block)
              block.used.append(sample)
            }
            try finishSample()
          }
          return block
        }
      }, progress: progress, merge: { outcome.merge($0) })
    return outcome
  }

  private func add(_ sample: Int, _ tensors: [Tensor], _ executor: Executor, to outcome: inout Outcome) throws {
    try executor.feed(tensors)
    try executor.execute()
    let isAveraged = averagedSamples.contains(sample)
    var summaries: [ValueID: ChannelSummary] = [:]
    for value in ranged {
      var statistics = outcome.ranges.removeValue(forKey: value) ?? TensorStatistics()
      guard let summary = executor.withObserved(value, { statistics.add($0) }) ?? nil else {
        throw nonFinite(value, sample, executor.plan.graph)
      }
      outcome.ranges[value] = statistics
      if isAveraged { summaries[value] = summary }
    }
    guard isAveraged else { return }
    for value in averaged {
      guard let summary = summaries[value] ?? executor.withObserved(value, { ChannelSummary($0) }) ?? nil else {
        throw nonFinite(value, sample, executor.plan.graph)
      }
      outcome.averages[value, default: ChannelStatistics()].add(summary)
    }
  }

  private func nonFinite(_ value: ValueID, _ sample: Int, _ graph: Graph) -> QuantizationError {
    QuantizationError(
      .nonFiniteValue, "the value “\(graph[value].name)” is not a finite number everywhere for sample \(sample + 1)",
      remedy: "check the preprocessing, and whether the floating-point model gives sensible results on this sample")
  }
}

extension InstructionSet {
  /// The instruction set in which floats are computed wherever what is chosen depends on their last digits, so that all
  /// processors that have one of them give the same quantized model: AVX2 and AVX-512 do the same operations in the same
  /// order.
  static var forCalibration: InstructionSet {
    if (try? selected()) == .avx512vnni { return .avx512vnni }
    return avx2.isSupported ? .avx2 : .scalar
  }
}

extension Executor {
  /// Feeds all inputs.
  ///
  /// - Throws: `InferenceError.wrongInput` for a wrong number, type or shape of tensors.
  func feed(_ tensors: [Tensor]) throws(InferenceError) {
    guard tensors.count == plan.inputs.count else {
      throw InferenceError(
        .wrongInput, "the model has \(plan.inputs.count) inputs, but a sample has \(tensors.count) tensors")
    }
    for (index, tensor) in tensors.enumerated() { try setInput(index, tensor) }
  }
}
