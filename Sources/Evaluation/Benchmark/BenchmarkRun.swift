/// Measures throughput and latency of one or several models.
///
/// For each configuration the models take turns in short slices, in alternating order, so that whatever else the machine
/// does meets all of them alike. Executors are made, and warmed up, before the first slice.
public struct BenchmarkRun: Sendable {
  private static let sliceSeconds = 0.5
  private static let largestSliceCount = 64

  /// The configurations, one after the other.
  public let configurations: [BenchmarkConfiguration]
  /// For how many seconds each model is measured in each configuration.
  public let seconds: Double
  /// In how many slices the time is cut.
  public let sliceCount: Int

  /// Makes a run; without a number of slices they last about half a second.
  public init(configurations: [BenchmarkConfiguration], seconds: Double, sliceCount: Int? = nil) {
    self.configurations = configurations
    self.seconds = max(seconds, 0)
    let wanted = sliceCount ?? Int((min(max(seconds, 0), 1e6) / Self.sliceSeconds).rounded())
    self.sliceCount = min(max(wanted, 1), Self.largestSliceCount)
  }

  /// The measurements, configuration by configuration, in each of them in the order of the models.
  ///
  /// - Parameter progress: told the finished part from 0 to 1, on the calling thread.
  /// - Throws: `CancellationError` within some milliseconds after `isCancelled` becomes true; `GraphError` or
  ///   `InferenceError` if a model cannot be run.
  public func measure(
    _ subjects: [BenchmarkSubject], isCancelled: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws -> [BenchmarkMeasurement] {
    var measurements: [BenchmarkMeasurement] = []
    let sliceTotal = Double(configurations.count * sliceCount * subjects.count)
    var finishedSlices = 0.0
    for configuration in configurations {
      var groups: [StreamGroup] = []
      defer { for group in groups { group.stop() } }
      for subject in subjects {
        if isCancelled() { throw CancellationError() }
        let group = try StreamGroup(subject.plans, configuration, isCancelled: isCancelled)
        groups.append(group)
        try group.warmUp(isCancelled: isCancelled)
      }
      for round in 0..<sliceCount {
        let order = round.isMultiple(of: 2) ? Array(groups.indices) : groups.indices.reversed()
        for index in order {
          try groups[index].measureSlice(seconds: seconds / Double(sliceCount), isCancelled: isCancelled) { part in
            progress((finishedSlices + part) / sliceTotal)
          }
          finishedSlices += 1
        }
      }
      measurements += zip(subjects, groups).map { subject, group in
        BenchmarkMeasurement(
          model: subject.name, precision: subject.precision, configuration: configuration,
          throughput: group.throughput, latency: LatencyStatistics(seconds: group.latencies),
          iterationCount: group.latencies.count, sliceThroughputs: group.sliceThroughputs)
      }
    }
    return measurements
  }
}
