/// What was measured of one model in one configuration.
public struct BenchmarkMeasurement: Sendable, Hashable {
  /// The model's name.
  public let model: String
  /// The model's precision.
  public let precision: String
  /// How inferences ran.
  public let configuration: BenchmarkConfiguration
  /// Samples per second: all samples divided by the wall-clock time of all slices.
  public let throughput: Double
  /// The times of single inferences of a whole batch.
  public let latency: LatencyStatistics
  /// How many inferences were made.
  public let iterationCount: Int
  /// Samples per second of every slice, in order.
  public let sliceThroughputs: [Double]

  /// Takes what was measured.
  public init(
    model: String, precision: String, configuration: BenchmarkConfiguration, throughput: Double,
    latency: LatencyStatistics, iterationCount: Int, sliceThroughputs: [Double]
  ) {
    self.model = model
    self.precision = precision
    self.configuration = configuration
    self.throughput = throughput
    self.latency = latency
    self.iterationCount = iterationCount
    self.sliceThroughputs = sliceThroughputs
  }
}
