public import Graphs
import Tensors

/// Turns a floating-point graph into one that computes on 8-bit integers, by looking at samples of its inputs.
public struct Quantizer: Sendable {
  /// The settings.
  public let configuration: QuantizationConfiguration

  /// Makes a quantizer with some settings.
  public init(_ configuration: QuantizationConfiguration = QuantizationConfiguration()) {
    self.configuration = configuration
  }

  /// Quantizes a graph.
  ///
  /// The result depends on the graph, the samples and the settings alone, not on the number of threads.
  /// - Parameters:
  ///   - graph: a canonical graph with static shapes; its batch size is that of the calibration tensors.
  ///   - calibration: typical inputs.
  ///   - threads: how many threads work, 1 or more.
  ///   - stages: what a call with the same arguments that was cut off has left.
  ///   - progress: told how much is done, 0 to 1, and what is being done, on the calling thread.
  ///   - isCancelled: whether to give up; asked on the calling thread every few milliseconds.
  /// - Throws: `QuantizationError` with the reason why this graph cannot be quantized, or not with these settings or
  ///   samples; `CancellationError`; `GraphError` or `InferenceError` if the graph cannot be run on the samples; what
  ///   reading a sample throws.
  public func quantize(
    _ graph: Graph, calibration: CalibrationSamples, threads: Int = 1, stages: any QuantizationStages = NoStages(),
    progress: (Double, String) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws -> QuantizationResult {
    let configuration = configuration
    let result = try BackgroundJob.run(
      { job in
        var run = try QuantizationRun(configuration, graph, calibration, threads: threads, stages, job)
        return try run.result()
      },
      progress: progress, isCancelled: isCancelled)
    progress(1, "quantized \(result.quantizedLayers.count) layers")
    return result
  }
}
