public import Graphs
import Synchronization
import Tensors

/// Quantizes as many layers as a bound on the drop of top-1 accuracy permits.
///
/// All layers are quantized first. If that loses too much, layers are ranked by how near to the floating-point network
/// the output comes when one of them alone goes back; then they go back one after the other, the most effective first,
/// and after each the accuracy is measured on all validation samples, until the drop is within the bound.
public struct AccuracyAwareQuantizer: Sendable {
  /// The settings of the quantization.
  public let configuration: QuantizationConfiguration
  /// How much may be lost.
  public let bound: AccuracyBound

  /// Makes a quantizer.
  public init(_ configuration: QuantizationConfiguration, bound: AccuracyBound) {
    self.configuration = configuration
    self.bound = bound
  }

  /// Samples on which layers are ranked at most: those that all layers quantized change most.
  private static let rankingSampleCount = 64
  /// What validation samples kept in memory may take, in bytes.
  private static let rememberedByteLimit = 256 << 20

  /// Quantizes a graph.
  ///
  /// - Parameters:
  ///   - graph: as for `Quantizer`; its first output is one score a class.
  ///   - calibration: typical inputs.
  ///   - validation: the samples on which the accuracy is measured.
  ///   - threads: how many threads work, 1 or more.
  ///   - stages: what a call with the same arguments, whatever the bound, has left on disk.
  ///   - memory: what an interrupted call with the same arguments has left.
  ///   - progress: told how much is done, 0 to 1, and what is being done, on the calling thread.
  ///   - isCancelled: whether to give up; asked on the calling thread every few milliseconds.
  /// - Returns: the best model and whether it is within the bound; it may not be.
  /// - Throws: as `Quantizer`; `QuantizationError.noSamples` if no validation sample can be used.
  public func quantize(
    _ graph: Graph, calibration: CalibrationSamples, validation: AnnotatedSamples, threads: Int = 1,
    stages: any QuantizationStages = NoStages(), memory: AccuracyAwareMemory = AccuracyAwareMemory(),
    progress: (Double, String) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws -> AccuracyAwareResult {
    let quantizer = self
    return try BackgroundJob.run(
      { job in
        try quantizer.result(graph, calibration, validation, threads: threads, stages, memory, job)
      }, progress: progress, isCancelled: isCancelled)
  }

  private func result(
    _ graph: Graph, _ calibration: CalibrationSamples, _ validation: AnnotatedSamples, threads: Int,
    _ stages: any QuantizationStages, _ memory: AccuracyAwareMemory, _ job: BackgroundJob
  ) throws -> AccuracyAwareResult {
    let all = Array(0..<min(validation.samples.count, validation.classes.count))
    let run = OutputRun(
      samples: validation.samples.remembering(Set(all), byteLimit: Self.rememberedByteLimit), threads: threads,
      isCancelled: { job.isCancelled })
    job.report(0, "quantizing all layers")
    let full: QuantizationResult
    if let known = memory.contents.withLock({ $0.base }) {
      full = known
    } else {
      var run = try QuantizationRun(
        configuration, graph, calibration, threads: threads, stages, job.part(0, 0.2))
      full = try run.result()
      memory.contents.withLock { $0.base = full }
    }
    job.report(0.2, "measuring the parent")
    let references = try stages.stage("outputs of the parent") { KeptFloats(try run.outputs(of: graph, on: all)) }
      .values
    try all.filter { references[$0].isEmpty }.forEach { _ = try run.samples.tensors($0) }
    let used = all.filter { !references[$0].isEmpty }
    guard !used.isEmpty else {
      throw QuantizationError(
        .noSamples, "none of the \(all.count) validation samples could be used",
        remedy: "use a dataset with readable samples")
    }
    func accuracy(_ outputs: [[Float]]) -> Double {
      Double(used.count { OutputRun.best(outputs[$0]) == validation.classes[$0] }) / Double(used.count)
    }
    let parent = accuracy(references)
    job.report(0.25, "measuring all layers quantized")
    let outputs = try stages.stage("outputs with all layers quantized") {
      KeptFloats(try run.outputs(of: full.graph, on: all))
    }.values
    var search = Search(parent: parent, bound: bound, full: full)
    search.add(full, nil, reverted: [], accuracy: accuracy(outputs))
    memory.contents.withLock { $0.accuracies[[]] = search.accuracy }
    if !search.isWithinBound {
      let ranking = try ranking(full, run, references, outputs, used, threads: threads, stages, memory, job)
      try revert(ranking, &search, run, all, accuracy, stages, memory, job)
    }
    return search.result(validatedSamples: used.count)
  }

  /// The layers, the one whose return to floating point brings most first.
  private func ranking(
    _ full: QuantizationResult, _ run: OutputRun, _ references: [[Float]], _ outputs: [[Float]], _ used: [Int],
    threads: Int, _ stages: any QuantizationStages, _ memory: AccuracyAwareMemory, _ job: BackgroundJob
  ) throws -> [WeightedLayer] {
    let layers = full.recipe.placement().layers
    let errors = used.map { (sample: $0, error: OutputRun.relativeError(outputs[$0], references[$0])) }
    let limit = min(Self.rankingSampleCount, SequentialCalibration.sampleLimit(full.recipe.graph, elementSize: 4))
    let worst = errors.sorted { $0.error == $1.error ? $0.sample < $1.sample : $0.error > $1.error }
      .prefix(limit).map(\.sample).sorted()
    let inputs = try worst.compactMap { try run.samples.tensors($0) }
    guard inputs.count == worst.count else {
      throw QuantizationError(
        .noSamples, "a validation sample could be read once, but not a second time",
        remedy: "leave the validation data unchanged while it is used")
    }
    let sensitivity = LayerSensitivity(
      recipe: full.recipe, quantized: full.graph, inputs: inputs, references: worst.map { references[$0] },
      threads: threads, isCancelled: { job.isCancelled })
    var scores: [(layer: WeightedLayer, error: Double)] = []
    let remembered = memory.contents.withLock { $0.errors }
    let known = Dictionary(
      layers.compactMap { layer in
        (remembered[layer.node] ?? stages.value(of: Self.rankingStage(layer))).map { (layer.node, $0) }
      }, uniquingKeysWith: { first, _ in first })
    try sensitivity.errors(reverting: layers, known: known) { layer, error in
      memory.contents.withLock { $0.errors[layer.node] = error }
      if known[layer.node] == nil { stages.keep(error, of: Self.rankingStage(layer)) }
      scores.append((layer, error))
      job.report(
        0.3 + 0.3 * Double(scores.count) / Double(layers.count), "ranking layer \(scores.count) of \(layers.count)")
    }
    return scores.sorted { $0.error == $1.error ? $0.layer.node < $1.layer.node : $0.error < $1.error }.map(\.layer)
  }

  private static func rankingStage(_ layer: WeightedLayer) -> String { "ranking of node \(layer.node)" }

  private func revert(
    _ ranking: [WeightedLayer], _ search: inout Search, _ run: OutputRun, _ all: [Int],
    _ accuracy: ([[Float]]) -> Double, _ stages: any QuantizationStages, _ memory: AccuracyAwareMemory,
    _ job: BackgroundJob
  ) throws {
    let recipe = search.full.recipe
    var nodes: [Int: String] = [:]
    var names: [String] = []
    for layer in ranking.dropLast() {
      let name = recipe.graph.nodes[layer.node].name
      job.report(
        0.6 + 0.4 * Double(names.count) / Double(ranking.count),
        "\(names.count) layers in floating point lose \(Self.points(search.lastDrop)); next “\(name)”")
      nodes[layer.node] = "it went back to keep the accuracy"
      names.append(name)
      let result = try recipe.result(reverting: nodes)
      let key = nodes.keys.sorted()
      let found: Double
      if let known = memory.contents.withLock({ $0.accuracies[key] }) {
        found = known
      } else {
        found = try stages.stage("accuracy without \(key)") { accuracy(try run.outputs(of: result.graph, on: all)) }
        memory.contents.withLock { $0.accuracies[key] = found }
      }
      search.add(result, name, reverted: names, accuracy: found)
      if search.isWithinBound { return }
    }
  }

  private static func points(_ drop: Double) -> String {
    let hundredths = (drop * 10_000).rounded()
    return "\(hundredths / 100) %"
  }

  /// The models that were measured, and the best of them.
  private struct Search {
    let parent: Double
    let bound: AccuracyBound
    let full: QuantizationResult
    var steps: [AccuracyAwareResult.Step] = []
    var best: QuantizationResult
    var reverted: [String] = []
    var accuracy = -1.0

    init(parent: Double, bound: AccuracyBound, full: QuantizationResult) {
      self.parent = parent
      self.bound = bound
      self.full = full
      best = full
    }

    var isWithinBound: Bool { bound.permits(bound.drop(from: parent, to: accuracy)) }
    var lastDrop: Double { steps.last?.drop ?? 0 }

    mutating func add(_ result: QuantizationResult, _ layer: String?, reverted names: [String], accuracy found: Double)
    {
      steps.append(
        .init(layer: layer, revertedCount: names.count, accuracy: found, drop: bound.drop(from: parent, to: found)))
      guard found > accuracy else { return }
      (best, reverted, accuracy) = (result, names, found)
    }

    func result(validatedSamples: Int) -> AccuracyAwareResult {
      AccuracyAwareResult(
        best: best, full: full, parentAccuracy: parent, accuracy: accuracy,
        drop: bound.drop(from: parent, to: accuracy), isWithinBound: isWithinBound, steps: steps, reverted: reverted,
        validatedSamples: validatedSamples)
    }
  }
}
