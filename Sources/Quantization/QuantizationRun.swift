import Graphs
import Tensors

/// One quantization, step by step.
struct QuantizationRun {
  private let configuration: QuantizationConfiguration
  private var graph: Graph
  private let ignored: [Int: String]
  private let placement: QuantizerPlacement
  private let calibration: CalibrationSamples
  private let threads: Int
  private let stages: any QuantizationStages
  private let job: BackgroundJob

  /// How many samples decide on factors of channels.
  private static let scalingSampleCount = 32
  /// What samples that are needed twice may take, in bytes.
  private static let rememberedByteLimit = 256 << 20

  /// Looks at what there is to quantize.
  ///
  /// - Throws: `QuantizationError` if there is nothing, or the settings do not fit; `GraphError`.
  init(
    _ configuration: QuantizationConfiguration, _ graph: Graph, _ calibration: CalibrationSamples, threads: Int,
    _ stages: any QuantizationStages, _ job: BackgroundJob
  ) throws {
    try configuration.validate()
    if let node = graph.nodes.first(where: { $0.op is QuantizeLinear || $0.op is DequantizeLinear }) {
      throw QuantizationError(
        .alreadyQuantized, "the model is quantized already: it has the \(node.operatorName) node “\(node.name)”",
        remedy: "quantize its floating-point parent")
    }
    guard calibration.count > 0 else {
      throw QuantizationError(.noSamples, "there are no calibration samples", remedy: "use a dataset of typical inputs")
    }
    var graph = graph
    try graph.inferTypes()
    let ignored = try configuration.ignoredScope.nodes(of: graph)
    let placement = QuantizerPlacement(graph, ignored: ignored, keepsSums: configuration.keepsSums)
    guard !placement.layers.isEmpty else { throw Self.nothingToQuantize(graph, placement) }
    self.configuration = configuration
    self.graph = graph
    self.ignored = ignored
    self.placement = placement
    self.calibration = calibration
    self.threads = threads
    self.stages = stages
    self.job = job
  }

  private static func nothingToQuantize(_ graph: Graph, _ placement: QuantizerPlacement) -> QuantizationError {
    let weighted = graph.nodes.indices.filter { index in
      let op = graph.nodes[index].op
      return op is Conv || op is Gemm || op is MatMul
    }
    let reason = weighted.first.flatMap { index in
      placement.floatReasons[index].map { "“\(graph.nodes[index].name)” stays in floating point because \($0)" }
    }
    return QuantizationError(
      .nothingToQuantize,
      "the model has no layer that can be quantized: "
        + (reason ?? "there is no Conv, Gemm or MatMul with constant weights in it"))
  }

  /// Does all steps.
  mutating func result() throws -> QuantizationResult {
    let isSequential = configuration.biasCorrection == .sequential || configuration.hasErrorFeedback
    let samples = calibration.subset(size: configuration.subsetSize)
    let correctionSamples =
      isSequential
      ? CalibrationSamples.evenlySpread(
        samples, size: min(configuration.sequentialSamples, SequentialCalibration.sampleLimit(graph, placement)))
      : []
    let calibration = calibration.remembering(Set(correctionSamples), byteLimit: Self.rememberedByteLimit)
    if configuration.hasChannelScaling { try scaleChannels(calibration, samples) }
    let outputs = configuration.biasCorrection == .sequential ? placement.layers.map(\.output) : []
    let seen = try sweep(calibration, samples, outputs: outputs, correctionSamples)
    job.report(0.6, "choosing ranges")
    let activations = try activationParameters(seen)
    job.report(0.65, "quantizing weights")
    var quantized = try QuantizedGraph(
      graph, placement, activations: activations, hasPerChannelWeights: configuration.hasPerChannelWeights,
      scales: configuration.searchesWeightScales ? .leastSquares : .largest,
      givesBiases: configuration.biasCorrection != .none, threads: threads, isCancelled: { [job] in job.isCancelled })
    if isSequential { try calibrateSequentially(&quantized, calibration, seen, outputs, Set(correctionSamples)) }
    if configuration.biasCorrection == .fast { try correctFast(&quantized, seen) }
    try quantized.graph.validate()
    var choices: [Int: QuantizedGraph.Choice] = [:]
    for (index, layer) in placement.layers.enumerated() {
      choices[layer.node] = .init(weights: quantized.weights[index].rounded, bias: quantized.bias(of: index))
    }
    let recipe = QuantizationRecipe(
      graph: graph, ignored: ignored, activations: activations, choices: choices, configuration: configuration,
      calibratedSamples: seen.used.count)
    return recipe.result(quantized, placement)
  }

  /// Brings the channels of linear values to one magnitude.
  private mutating func scaleChannels(_ calibration: CalibrationSamples, _ samples: [Int]) throws {
    let scaling = ChannelScaling(graph, placement)
    guard !scaling.values.isEmpty else { return }
    job.report(0, "comparing channels")
    let some = CalibrationSamples.evenlySpread(samples, size: Self.scalingSampleCount)
    let sweep = StatisticsSweep(ranged: [], averaged: scaling.values, samples: some, averagedSamples: Set(some))
    let job = job
    let graph = graph
    let seen = try stages.stage("channels") {
      try sweep.run(
        graph, calibration: calibration, threads: threads, isCancelled: { job.isCancelled }, progress: { _ in })
    }
    try scaling.apply(
      to: &self.graph, magnitudes: { (seen.averages[$0]?.meanSquares ?? []).map { $0.squareRoot() } },
      maxima: { (seen.averages[$0]?.maxima ?? []).map(Double.init) })
  }

  private func sweep(
    _ calibration: CalibrationSamples, _ samples: [Int], outputs: [ValueID], _ correctionSamples: [Int]
  ) throws -> StatisticsSweep.Outcome {
    let ranged = Set(placement.groups.flatMap(\.sources) + placement.layers.map(\.data)).sorted()
    let sweep = StatisticsSweep(
      ranged: ranged, averaged: outputs, samples: samples, averagedSamples: Set(correctionSamples))
    job.report(0, "preparing \(samples.count) samples")
    var isKept = true
    let seen = try stages.stage("statistics") {
      isKept = false
      return try sweep.run(
        graph, calibration: calibration, threads: threads, isCancelled: { job.isCancelled },
        progress: { done in
          job.report(0.6 * Double(done) / Double(samples.count), "sample \(done) of \(samples.count)")
        })
    }
    // Who gives the samples learns which of them cannot be used, as if all had been read.
    if isKept { try Set(samples).subtracting(seen.used).sorted().forEach { _ = try calibration.tensors($0) } }
    guard !seen.used.isEmpty else {
      throw QuantizationError(
        .noSamples, "none of the \(samples.count) calibration samples could be used",
        remedy: "use a dataset with readable samples")
    }
    return seen
  }

  /// One range a group: what its sources need together.
  private func activationParameters(_ seen: StatisticsSweep.Outcome) throws -> [ValueID: QuantizationParameters] {
    let scheme = ActivationScheme(configuration.preset)
    var parameters: [ValueID: QuantizationParameters] = [:]
    for group in placement.groups {
      try job.checkpoint()
      var all: ClosedRange<Double>?
      for source in group.sources {
        guard let statistics = seen.ranges[source] else { continue }
        let range = try configuration.rangeEstimator.range(statistics, scheme)
        all = all.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
      }
      guard let all else { continue }
      let found = try scheme.parameters(all)
      for member in group.members { parameters[member] = found }
    }
    return parameters
  }

  private func correctFast(_ quantized: inout QuantizedGraph, _ seen: StatisticsSweep.Outcome) throws {
    for (index, layer) in placement.layers.enumerated() {
      try job.checkpoint()
      guard let means = seen.ranges[layer.data]?.channels.means else { continue }
      let (exact, rounded) = quantized.weights[index]
      quantized.correctBias(
        of: index,
        by: FastBiasCorrection.shifts(layer, weights: exact.floats, quantized: rounded, means: means))
    }
  }

  private func calibrateSequentially(
    _ quantized: inout QuantizedGraph, _ calibration: CalibrationSamples, _ seen: StatisticsSweep.Outcome,
    _ outputs: [ValueID], _ wanted: Set<Int>
  ) throws {
    let correction = SequentialCalibration(
      samples: seen.used.filter(wanted.contains), sources: placement.layers, original: graph,
      wantedMeans: outputs.map { seen.averages[$0]?.means ?? [] }, hasErrorFeedback: configuration.hasErrorFeedback,
      threads: threads, stages: stages, isCancelled: { job.isCancelled })
    try correction.run(&quantized, calibration: calibration) { fraction, text in
      job.report(0.65 + 0.35 * fraction, text)
    }
  }
}
