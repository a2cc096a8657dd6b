import Graphs
import Tensors

/// Some neighbouring nodes of a quantized graph as a graph of their own.
///
/// Quantized values cross its border as integers, and images with the channels last.
struct GraphSegment: Sendable {
  /// A value that crosses the border.
  struct Crossing: Sendable, Hashable {
    /// The value that is stored.
    var stored: ValueID
    /// What stored integers stand for; nil for values that are no integers.
    var parameters: QuantizationParameters?
  }

  /// The nodes with those that feed them; inputs and outputs are in the order of `feeds` and `results`.
  private(set) var graph: Graph
  private(set) var feeds: [Crossing] = []
  /// What later nodes read.
  private(set) var results: [ValueID] = []
  /// The inputs and outputs that are fed and given with the channels last: all but those of the whole graph.
  private(set) var channelsLast: Set<ValueID> = []
  /// What `simplifyLastNode` took away.
  private(set) var activation = Activation.identity

  /// Cuts a segment out.
  ///
  /// - Parameters:
  ///   - nodes: the nodes of the segment.
  ///   - rest: the nodes that run later and read what the segment gives; they may overlap with the segment's.
  init(_ source: Graph, nodes: Range<Int>, rest: Range<Int>) throws(GraphError) {
    let producers = source.producers()
    graph = source
    graph.nodes = []
    graph.inputs = []
    graph.outputs = []
    let computed = Set(source.nodes[nodes].flatMap { $0.outputs.compactMap(\.self) })
    for value in Self.reads(source, nodes) where !computed.contains(value) {
      try appendFeed(of: value, source, producers)
    }
    graph.nodes += source.nodes[nodes]
    let earlier = nodes.lowerBound..<min(nodes.upperBound, rest.lowerBound)
    let given = Set(source.nodes[earlier].flatMap { $0.outputs.compactMap(\.self) })
    for value in Self.reads(source, rest) where given.contains(value) {
      if let producer = producers[value], Self.isConstant(source.nodes[producer], source) { continue }
      let crossing = Self.crossing(of: value, source, producers)
      if !results.contains(crossing.stored) { results.append(crossing.stored) }
    }
    graph.outputs = results
    channelsLast = Set(graph.inputs).subtracting(source.inputs).union(results)
  }

  /// What some nodes read and constants do not give, each once, in order; of a weight, nothing.
  private static func reads(_ graph: Graph, _ nodes: Range<Int>) -> [ValueID] {
    var seen: Set<ValueID> = []
    return graph.nodes[nodes].flatMap { $0.inputs.compactMap(\.self) }
      .filter { graph.constant($0) == nil && seen.insert($0).inserted }
  }

  private mutating func appendFeed(
    of value: ValueID, _ source: Graph, _ producers: [ValueID: Int]
  ) throws(GraphError) {
    let crossing = Self.crossing(of: value, source, producers)
    guard crossing.parameters != nil, let dequantizer = producers[value] else {
      if let producer = producers[value], Self.isConstant(source.nodes[producer], source) {
        graph.nodes.append(source.nodes[producer])
      } else if !graph.inputs.contains(value) {
        graph.inputs.append(value)
        feeds.append(crossing)
      }
      return
    }
    guard let type = source.type(of: value) else {
      throw GraphError(.invalidGraph, "the type of “\(source[value].name)” is not known")
    }
    let feed = graph.addInput("\(source[value].name)/feed", ValueType(.uint8, type.shape))
    feeds.append(crossing)
    var dequantize = source.nodes[dequantizer]
    dequantize.inputs[0] = feed
    graph.nodes.append(dequantize)
  }

  /// A weight behind a DequantizeLinear, say.
  private static func isConstant(_ node: Node, _ graph: Graph) -> Bool {
    node.inputs.allSatisfy { $0.map { graph.constant($0) != nil } ?? true }
  }

  private static func crossing(of value: ValueID, _ graph: Graph, _ producers: [ValueID: Int]) -> Crossing {
    guard let dequantizer = producers[value], graph.nodes[dequantizer].op is DequantizeLinear,
      let integers = graph.nodes[dequantizer].inputs[0], let quantizer = producers[integers],
      graph.nodes[quantizer].op is QuantizeLinear, graph.nodes[dequantizer].inputs.count == 3,
      let scale = graph.constant(graph.nodes[dequantizer].inputs[1])?.floats.first,
      let zeroPoint = graph.constant(graph.nodes[dequantizer].inputs[2])?.integers?.first,
      let parameters = try? QuantizationParameters(scale: scale, zeroPoint: Int32(zeroPoint), elementType: .uint8)
    else { return Crossing(stored: value, parameters: nil) }
    return Crossing(stored: integers, parameters: parameters)
  }

  /// Makes a segment up to the end of the graph give the graph's outputs.
  mutating func giveOutputs(of source: Graph) {
    channelsLast.subtract(results)
    results = source.outputs
    graph.outputs = source.outputs
  }

  /// Replaces the last node's weights by numbers, and takes its activation away.
  mutating func simplifyLastNode(weights: Tensor?) {
    guard var node = graph.nodes.popLast() else { return }
    if var op = node.op as? any ActivationFusing {
      activation = op.activation
      op.activation = .identity
      node.op = op
    }
    if let weights { node.inputs[1] = graph.addConstant("\(node.name)/measured_weights", weights) }
    graph.nodes.append(node)
  }
}
