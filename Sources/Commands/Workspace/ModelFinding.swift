import Evaluation
import Workspaces

/// What a command found out of one model, as the workspace keeps it.
public struct ModelFinding: Sendable {
  let model: Model
  let dataset: LoadedDataset?
  var measurements: [MeasurementRecord] = []
  var figures: [FigureRecord] = []

  /// A model that was made, and of which nothing more is known.
  init(_ model: Model, on dataset: LoadedDataset? = nil, figures: [FigureRecord] = []) {
    self.model = model
    self.dataset = dataset
    self.figures = figures
  }

  /// What was measured of a model without pictures.
  init(_ model: Model, _ measurements: [BenchmarkMeasurement]) {
    self.model = model
    dataset = nil
    self.measurements = measurements.map { measurement in
      MeasurementRecord(
        streams: measurement.configuration.streams, batch: measurement.configuration.batch,
        threads: measurement.configuration.threads, throughput: measurement.throughput,
        medianLatency: measurement.latency.median, p90Latency: measurement.latency.p90,
        p99Latency: measurement.latency.p99, iterationCount: measurement.iterationCount,
        slices: measurement.sliceThroughputs)
    }
  }

  /// The findings of models that were measured under these names.
  static func of(
    _ models: [(name: String, model: Model)], _ measurements: [BenchmarkMeasurement]
  ) -> [ModelFinding] {
    models.map { name, model in ModelFinding(model, measurements.filter { $0.model == name }) }
  }
}

extension FigureRecord {
  /// A part of some images, with Wilson's interval.
  init(_ name: String, _ count: Int, of total: Int) {
    let interval = Interval.wilson(successes: count, of: total)
    self.init(
      name, total > 0 ? Double(count) / Double(total) : 0,
      interval: interval.lower...max(interval.lower, interval.upper),
      count: total)
  }
}
