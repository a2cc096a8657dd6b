import Inference

/// The streams of one model in one configuration, and what was measured of them so far.
///
/// Used by one thread, which directs the streams.
final class StreamGroup {
  private let configuration: BenchmarkConfiguration
  private let workers: [StreamWorker]
  private(set) var latencies: [Double] = []
  private(set) var sliceThroughputs: [Double] = []
  private var sampleCount = 0
  private var elapsed = 0.0

  init(_ plans: PlanCache, _ configuration: BenchmarkConfiguration, isCancelled: () -> Bool) throws {
    self.configuration = configuration
    let plan = try plans.plan(batch: configuration.batch, isCancelled: isCancelled)
    let inputs = try SyntheticInputs.make(plan.inputs)
    workers = (0..<configuration.streams).map { index in
      StreamWorker(
        plan: plan, inputs: inputs, threads: configuration.threadsPerStream, name: "octet.stream.\(index)")
    }
  }

  /// Samples per second over all slices.
  var throughput: Double { elapsed > 0 ? Double(sampleCount) / elapsed : 0 }

  /// Waits until all streams have run some inferences.
  func warmUp(isCancelled: () -> Bool) throws {
    for worker in workers { worker.start() }
    for worker in workers { _ = try worker.awaitSlice(isCancelled: isCancelled, progress: {}) }
  }

  /// Runs all streams for a while and adds what they did to what was measured.
  func measureSlice(seconds: Double, isCancelled: () -> Bool, progress: (Double) -> Void) throws {
    let clock = ContinuousClock()
    let start = clock.now
    for worker in workers { worker.beginSlice(until: start + .seconds(seconds)) }
    var sliceSamples = 0
    var end = start
    for worker in workers {
      let slice = try worker.awaitSlice(isCancelled: isCancelled) {
        progress(seconds > 0 ? min((clock.now - start) / .seconds(seconds), 1) : 1)
      }
      latencies += slice.latencies
      sliceSamples += slice.latencies.count * configuration.batch
      end = max(end, slice.end)
    }
    let duration = (end - start) / .seconds(1)
    sampleCount += sliceSamples
    elapsed += duration
    sliceThroughputs.append(duration > 0 ? Double(sliceSamples) / duration : 0)
  }

  /// Lets the streams end; they end by themselves after the inference that they are at.
  func stop() {
    for worker in workers { worker.stop() }
  }
}
