import Graphs
import Inference
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// How much each layer of a quantized network adds to the error of its output.
public struct SensitivityAnalysis: Sendable {
  /// One layer that computes on integers.
  public struct Layer: Sendable, Hashable {
    /// The node's name.
    public let name: String
    /// The name of its operator, as `Conv`.
    public let operatorName: String
    /// Signal to noise of what the layer gives in the quantized network, in decibels; infinite where nothing differs.
    public let signalToNoise: Double
    /// By how many decibels the signal to noise of the network's output rises when this layer alone goes back to
    /// floating point; below 0 where errors cancelled each other out.
    public let outputGain: Double

    /// Takes what was found out about a layer.
    public init(name: String, operatorName: String, signalToNoise: Double, outputGain: Double) {
      self.name = name
      self.operatorName = operatorName
      self.signalToNoise = signalToNoise
      self.outputGain = outputGain
    }
  }

  /// The layers in the network's order.
  public let layers: [Layer]
  /// Signal to noise of the network's first output, in decibels.
  public let outputSignalToNoise: Double
  /// How many samples were looked at.
  public let sampleCount: Int

  /// Looks at a quantized network.
  ///
  /// - Parameters:
  ///   - result: the quantized network with all that was chosen for it.
  ///   - samples: inputs; as many of them as fit the memory limit, at most `sampleLimit`, at even distances.
  /// - Throws: `QuantizationError.noSamples`, `GraphError`, `InferenceError`, `CancellationError`, what reading throws.
  public init(
    of result: QuantizationResult, on samples: CalibrationSamples, sampleLimit: Int = 64, threads: Int = 1,
    progress: (Double, String) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws {
    self = try BackgroundJob.run(
      { job in try Self.analyse(result, samples, sampleLimit, threads, job) }, progress: progress,
      isCancelled: isCancelled)
  }

  /// Takes what was found out.
  public init(layers: [Layer], outputSignalToNoise: Double, sampleCount: Int) {
    self.layers = layers
    self.outputSignalToNoise = outputSignalToNoise
    self.sampleCount = sampleCount
  }

  private static func analyse(
    _ result: QuantizationResult, _ samples: CalibrationSamples, _ limit: Int, _ threads: Int, _ job: BackgroundJob
  ) throws -> SensitivityAnalysis {
    let recipe = result.recipe
    let size = min(max(limit, 1), SequentialCalibration.sampleLimit(recipe.graph, elementSize: 4))
    job.report(0, "reading samples")
    var inputs: [[Tensor]] = []
    for index in samples.subset(size: size) {
      try job.checkpoint()
      if let tensors = try samples.tensors(index) { inputs.append(tensors) }
    }
    guard !inputs.isEmpty else {
      throw QuantizationError(
        .noSamples, "none of the \(samples.count) samples could be used", remedy: "use a dataset with readable samples")
    }
    let read = inputs
    let run = OutputRun(
      samples: CalibrationSamples(count: read.count) { read[$0] }, threads: threads, isCancelled: { job.isCancelled })
    let references = try run.outputs(of: recipe.graph, on: Array(read.indices))
    let outputs = try run.outputs(of: result.graph, on: Array(read.indices))
    let error = meanError(outputs, references)
    let layers = result.recipe.placement(reverting: result.revertedNodes).layers
    job.report(0.1, "comparing layers")
    let noise = try noise(recipe.graph, result.graph, layers.map(\.output), inputs, threads, job)
    let sensitivity = LayerSensitivity(
      recipe: recipe, quantized: result.graph, reverted: result.revertedNodes, inputs: inputs, references: references,
      threads: threads, isCancelled: { job.isCancelled })
    var found: [Layer] = []
    try sensitivity.errors(reverting: layers, known: [:]) { layer, reverted in
      let node = recipe.graph.nodes[layer.node]
      found.append(
        Layer(
          name: node.name, operatorName: node.operatorName, signalToNoise: decibels(noise[found.count]),
          outputGain: decibels(reverted) - decibels(error)))
      job.report(0.3 + 0.7 * Double(found.count) / Double(layers.count), "layer \(found.count) of \(layers.count)")
    }
    return SensitivityAnalysis(layers: found, outputSignalToNoise: decibels(error), sampleCount: inputs.count)
  }

  private static func meanError(_ outputs: [[Float]], _ references: [[Float]]) -> Double {
    zip(outputs, references).reduce(0) { $0 + OutputRun.relativeError($1.0, $1.1) } / Double(max(outputs.count, 1))
  }

  /// A share of noise as signal to noise.
  private static func decibels(_ noise: Double) -> Double { noise > 0 ? -10 * log10(noise) : .infinity }

  /// For each value, the squared distance between both graphs as a part of the first one's squared length.
  private static func noise(
    _ exact: Graph, _ quantized: Graph, _ values: [ValueID], _ inputs: [[Tensor]], _ threads: Int, _ job: BackgroundJob
  ) throws -> [Double] {
    let options = InferenceOptions(observed: Set(values))
    let plans = (try ExecutionPlan(exact, options: options), try ExecutionPlan(quantized, options: options))
    var signal = [Double](repeating: 0, count: values.count)
    var noise = signal
    let loop = SampleLoop(sampleCount: inputs.count, threads: threads, isCancelled: { job.isCancelled })
    try loop.run(
      makeWorker: {
        let (one, other) = (try Executor(plans.0), try Executor(plans.1))
        return { range, finish in
          var sums: [(signal: Double, noise: Double)] = []
          for sample in range {
            for executor in [one, other] {
              try executor.feed(inputs[sample])
              try executor.execute()
            }
            for value in values {
              let exact = one.withObserved(value) { Self.dense($0) } ?? []
              sums.append(other.withObserved(value) { Self.distance($0, exact) } ?? (0, 0))
            }
            try finish()
          }
          return sums
        }
      }, progress: { _ in },
      merge: { (sums: [(signal: Double, noise: Double)]) in
        for (index, sum) in sums.enumerated() {
          signal[index % values.count] += sum.signal
          noise[index % values.count] += sum.noise
        }
      })
    return zip(noise, signal).map { $1 > 0 ? $0 / $1 : $0 }
  }

  /// The elements without gaps between pixels.
  private static func dense(_ observed: borrowing ObservedElements) -> [Float] {
    var elements: [Float] = []
    elements.reserveCapacity(observed.pixels * observed.channels)
    for pixel in 0..<observed.pixels {
      let start = pixel * observed.stride
      for index in start..<start + observed.channels { elements.append(observed.elements[index]) }
    }
    return elements
  }

  private static func distance(
    _ observed: borrowing ObservedElements, _ exact: [Float]
  ) -> (signal: Double, noise: Double) {
    var (signal, noise) = (0.0, 0.0)
    guard exact.count == observed.pixels * observed.channels else { return (0, 0) }
    for pixel in 0..<observed.pixels {
      var (power, error): (Float, Float) = (0, 0)
      for channel in 0..<observed.channels {
        let wanted = exact[pixel * observed.channels + channel]
        let difference = observed.elements[pixel * observed.stride + channel] - wanted
        power += wanted * wanted
        error += difference * difference
      }
      signal += Double(power)
      noise += Double(error)
    }
    return (signal, noise)
  }
}
