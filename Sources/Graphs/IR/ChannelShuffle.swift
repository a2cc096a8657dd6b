import Tensors

/// Channels dealt out like cards: [N, C, H, W] as [N, groups, C / groups, H, W], the two middle axes exchanged, and back
/// to [N, C, H, W]. In a graph these are a Reshape, a Transpose and a Reshape (Zhang et al., arXiv:1707.01083).
///
/// Channel j * groups + g of the result is channel g * (C / groups) + j of the input.
public struct ChannelShuffle: Sendable {
  public let input: ValueID
  public let output: ValueID
  /// How many groups of neighbouring channels the input has.
  public let groups: Int
  /// The nodes that it is made of, by their indices: the three, and pairs of QuantizeLinear and DequantizeLinear between
  /// them.
  public let nodes: [Int]
  /// The QuantizeLinear and DequantizeLinear nodes among them.
  public let quantizers: [Int]

  /// The shuffle that begins with a node of a graph with inferred types, if one does and nothing else reads what lies
  /// between its nodes.
  ///
  /// - Parameter consumers: the readers of each value, as `Graph.consumers()` gives them.
  public init?(startingAt first: Int, in graph: Graph, consumers: [ValueID: [Int]]) {
    var nodes = [first]
    var quantizers: [Int] = []
    func only(_ value: ValueID) -> Int? {
      guard let readers = consumers[value], readers.count == 1, !graph.outputs.contains(value) else { return nil }
      return readers[0]
    }
    /// The next node that is no quantizer.
    func next(after value: ValueID) -> Int? {
      var value = value
      while let index = only(value) {
        let node = graph.nodes[index]
        guard node.op is QuantizeLinear || node.op is DequantizeLinear else { return index }
        guard let output = node.outputs.first ?? nil, node.inputs.first == value else { return nil }
        nodes.append(index)
        quantizers.append(index)
        value = output
      }
      return nil
    }
    func shape(_ value: ValueID?) -> Shape? { value.flatMap(graph.type(of:))?.shape }

    let split = graph.nodes[first]
    guard split.op is Reshape, let input = split.inputs.first ?? nil, let parts = split.outputs.first ?? nil,
      let before = shape(input), before.rank == 4, let middle = shape(parts), middle.rank == 5,
      let turn = next(after: parts), let transpose = graph.nodes[turn].op as? Transpose,
      (try? transpose.permutation(rank: 5)) == [0, 2, 1, 3, 4], let turned = graph.nodes[turn].outputs.first ?? nil,
      let join = next(after: turned), graph.nodes[join].op is Reshape,
      let output = graph.nodes[join].outputs.first ?? nil, shape(output) == before,
      [middle[0], middle[1] * middle[2], middle[3], middle[4]] == before.dimensions, before.elementCount > 0
    else { return nil }
    self.input = input
    self.output = output
    groups = middle[1]
    self.nodes = nodes + [turn, join]
    self.quantizers = quantizers
  }
}
