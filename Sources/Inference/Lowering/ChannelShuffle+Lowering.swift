internal import Graphs
internal import Tensors

extension LoweringContext {
  /// The shuffle of channels that begins with a node, with channels last and without leaving quantized numbers: dealing
  /// out changes no element.
  ///
  /// - Returns: false if none begins there, or quantizers within it have parameters that differ.
  mutating func lowerChannelShuffle(_ index: Int) throws(InferenceError) -> Bool {
    guard let shuffle = ChannelShuffle(startingAt: index, in: graph, consumers: consumers),
      constant(shuffle.input) == nil, case let type = try type(of: shuffle.input), type.elementType == .float32,
      observed.isDisjoint(with: shuffle.nodes.dropLast().flatMap { graph.nodes[$0].outputs.compactMap(\.self) })
    else { return false }
    let inner = shuffle.quantizers.map { tensorQuantization(graph.nodes[$0]) }
    let names = shuffle.nodes.filter { !shuffle.quantizers.contains($0) }.map { graph.nodes[$0].name }
    if let source = quantizedSource(of: shuffle.input), let next = soleQuantizer(of: shuffle.output),
      source.location.layout.order == .channelsLast,
      (inner + [next.parameters]).allSatisfy({ $0?.hasSameMap(as: source.parameters) ?? false })
    {
      let location = allocate(.channelsLast(.uint8, type.shape), for: next.output)
      append(
        ChannelShuffleStep(
          nodes: names, vectors: vectors, groups: shuffle.groups, input: source.location, output: location))
      place(next.output, quantized: location, next.parameters)
      claim(next.node)
    } else {
      guard shuffle.quantizers.isEmpty else { return false }
      let source = try channelsLast(shuffle.input)
      let location = allocate(.channelsLast(.float32, type.shape), for: shuffle.output)
      append(
        ChannelShuffleStep(nodes: names, vectors: vectors, groups: shuffle.groups, input: source, output: location))
      place(shuffle.output, at: location)
    }
    for node in shuffle.nodes { claim(node) }
    return true
  }
}
