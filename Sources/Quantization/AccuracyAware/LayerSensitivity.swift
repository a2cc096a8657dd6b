import Graphs
import Inference
import Tensors

/// What the output gains when single layers of a quantized graph go back to floating point.
///
/// Each variant is run from its first node that differs: what comes before is computed once for all samples and kept.
struct LayerSensitivity {
  let recipe: QuantizationRecipe
  let quantized: Graph
  /// The layers that are in floating point anyway, and why.
  var reverted: [Int: String] = [:]
  /// The inputs of each sample.
  let inputs: [[Tensor]]
  /// The floating-point network's first output for each sample.
  let references: [[Float]]
  var threads: Int
  var isCancelled: () -> Bool

  /// The mean relative squared error of the output with one layer in floating point.
  ///
  /// - Parameters:
  ///   - layers: nodes of the original graph, in its order.
  ///   - known: what was found earlier.
  ///   - found: told each layer's error at once.
  /// - Throws: `GraphError`, `InferenceError`, `CancellationError`.
  func errors(
    reverting layers: [WeightedLayer], known: [Int: Double], found: (WeightedLayer, Double) -> Void
  ) throws {
    var prefix = Prefix(quantized, inputs)
    for layer in layers {
      if let error = known[layer.node] {
        found(layer, error)
        continue
      }
      let variant = try recipe.graph(reverting: reverted.merging([layer.node: "it is tried"]) { first, _ in first })
      found(layer, try error(of: variant, after: &prefix))
    }
  }

  private var runner: SegmentRunner {
    SegmentRunner(sampleCount: inputs.count, threads: threads, isCancelled: isCancelled)
  }

  private func error(of variant: Graph, after prefix: inout Prefix) throws -> Double {
    let length = zip(variant.nodes, quantized.nodes).prefix { one, other in
      one.name == other.name
        && one.inputs.map { $0.map { variant[$0].name } }
          == other.inputs.map { $0.map { quantized[$0].name } }
    }.count
    try prefix.advance(to: length, runner)
    let end = variant.nodes.count
    var segment = try GraphSegment(variant, nodes: length..<end, rest: end..<end)
    var live = prefix.values(for: segment, in: variant)
    if live == nil {
      segment = try GraphSegment(variant, nodes: 0..<end, rest: end..<end)
      live = Dictionary(
        uniqueKeysWithValues: variant.inputs.enumerated().map { index, input in (input, inputs.map { $0[index] }) })
    }
    segment.giveOutputs(of: variant)
    guard let live, let output = variant.outputs.first else { return .infinity }
    let outputs = try runner.compute(segment, live)[output] ?? []
    let errors = zip(outputs, references).map { OutputRun.relativeError($0.floats, $1) }
    return errors.reduce(0, +) / Double(max(errors.count, 1))
  }

  /// The values at a place of the quantized graph, for all samples.
  private struct Prefix {
    private let graph: Graph
    private var live: [ValueID: [Tensor]]
    private var position = 0

    init(_ graph: Graph, _ inputs: [[Tensor]]) {
      self.graph = graph
      live = Dictionary(
        uniqueKeysWithValues: graph.inputs.enumerated().map { index, input in (input, inputs.map { $0[index] }) })
    }

    /// Goes on to a later node; an earlier one is left where it is.
    mutating func advance(to wanted: Int, _ runner: SegmentRunner) throws {
      guard wanted > position else { return }
      let end = graph.nodes.count
      let segment = try GraphSegment(graph, nodes: position..<wanted, rest: wanted..<end)
      if !segment.results.isEmpty {
        for (value, tensors) in try runner.compute(segment, live) { live[value] = tensors }
      }
      position = wanted
      try SegmentRunner.keepOnly(readBy: wanted..<end, of: graph, in: &live)
    }

    /// What a segment of another graph reads, by its names; nil if something of it is not here.
    func values(for segment: GraphSegment, in other: Graph) -> [ValueID: [Tensor]]? {
      var found: [ValueID: [Tensor]] = [:]
      for feed in segment.feeds {
        guard let id = graph.value(named: other[feed.stored].name), let tensors = live[id] else { return nil }
        found[feed.stored] = tensors
      }
      return found
    }
  }
}
