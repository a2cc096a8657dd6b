import Graphs
import Tensors

/// All that was chosen in a quantization, so that the quantized graph can be made again with fewer quantized layers.
struct QuantizationRecipe: Sendable {
  /// The floating-point graph, with inferred types.
  let graph: Graph
  /// The nodes that stay in floating point on demand, and what said so.
  let ignored: [Int: String]
  /// The parameters of every quantized value.
  let activations: [ValueID: QuantizationParameters]
  /// What was chosen for each layer, by its node.
  let choices: [Int: QuantizedGraph.Choice]
  let configuration: QuantizationConfiguration
  let calibratedSamples: Int

  /// The placement with some more layers in floating point.
  ///
  /// - Parameter layers: nodes, and why they stay in floating point.
  func placement(reverting layers: [Int: String] = [:]) -> QuantizerPlacement {
    QuantizerPlacement(
      graph, ignored: ignored.merging(layers) { first, _ in first }, keepsSums: configuration.keepsSums)
  }

  /// The quantized graph with some layers in floating point; all other choices stay as they are.
  ///
  /// - Parameter layers: nodes, and why they stay in floating point, in a clause.
  /// - Throws: `GraphError`.
  func graph(reverting layers: [Int: String]) throws -> Graph {
    let placement = placement(reverting: layers)
    return placement.layers.isEmpty ? graph : try rewritten(placement).graph
  }

  /// The quantized graph with some layers in floating point, and what is told of it.
  ///
  /// - Parameter layers: nodes, and why they stay in floating point, in a clause.
  /// - Throws: `QuantizationError.nothingToQuantize` if no layer is left, `GraphError`.
  func result(reverting layers: [Int: String]) throws -> QuantizationResult {
    let placement = placement(reverting: layers)
    guard !placement.layers.isEmpty else {
      throw QuantizationError(.nothingToQuantize, "no layer would be left that computes on integers")
    }
    return result(try rewritten(placement), placement, reverted: layers)
  }

  private func rewritten(_ placement: QuantizerPlacement) throws -> QuantizedGraph {
    let quantized = try QuantizedGraph(
      graph, placement, activations: activations.filter { placement.quantizedValues.contains($0.key) },
      hasPerChannelWeights: configuration.hasPerChannelWeights, givesBiases: configuration.biasCorrection != .none,
      choices: choices)
    try quantized.graph.validate()
    return quantized
  }

  /// What is told of a quantized graph.
  func result(
    _ quantized: QuantizedGraph, _ placement: QuantizerPlacement, reverted: [Int: String] = [:]
  ) -> QuantizationResult {
    var parameters: [String: QuantizationParameters] = [:]
    for (value, found) in activations where placement.quantizedValues.contains(value) {
      parameters[graph[value].name] = found
    }
    for (layer, weights) in zip(placement.layers, quantized.weights) {
      parameters[graph[layer.weights].name] = weights.rounded.parameters
    }
    let names = graph.nodes.map { ($0.name, $0.operatorName) }
    return QuantizationResult(
      graph: quantized.graph,
      quantizedLayers: names.enumerated().filter { placement.readsQuantized($0.offset) }.map { _, node in
        .init(name: node.0, operatorName: node.1)
      },
      floatLayers: names.enumerated().compactMap { index, node in
        placement.floatReasons[index].map { .init(name: node.0, operatorName: node.1, reason: $0) }
      },
      parameters: parameters, configuration: configuration, recipe: self, revertedNodes: reverted,
      calibratedSamples: calibratedSamples)
  }
}
