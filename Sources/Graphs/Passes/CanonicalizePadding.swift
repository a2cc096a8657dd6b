import Tensors

/// Turns `auto_pad` into explicit pads, and a Pad with zeros before a Conv into the Conv's own padding.
public struct CanonicalizePadding: Pass {
  public static let name = "canonicalizePadding"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    for index in graph.nodes.indices {
      let node = graph.nodes[index]
      do { graph.nodes[index] = try explicit(node, in: graph) } catch {
        throw error.at(node: node.name, operatorName: node.operatorName)
      }
    }
    let producers = graph.producers()
    for index in graph.nodes.indices {
      let node = graph.nodes[index]
      guard var conv = node.op as? Conv, let input = node.inputs.first ?? nil, let producer = producers[input],
        let source = graph.nodes[producer].inputs.first ?? nil,
        let pads = try zeroPads(graph.nodes[producer], in: graph), pads.count == conv.window.pads.count
      else { continue }
      conv.window.pads = zip(conv.window.pads, pads).map { $0 + $1 }
      graph.nodes[index].op = conv
      graph.nodes[index].inputs[0] = source
    }
  }

  private func explicit(_ node: Node, in graph: Graph) throws(GraphError) -> Node {
    var node = node
    guard let x = node.inputs.first.flatMap({ $0 }).flatMap(graph.type(of:))?.shape else { return node }
    func resolved(_ window: SpatialWindow) throws(GraphError) -> SpatialWindow {
      var window = window
      window.pads = try window.resolve(Array(x.dimensions.dropFirst(2))).pads
      window.autoPadding = .explicit
      return window
    }
    switch node.op {
    case var conv as Conv:
      guard node.inputs.count > 1, let w = node.inputs[1].flatMap(graph.type(of:))?.shape else { return node }
      conv.window = try resolved(conv.window(weights: w))
      node.op = conv
    case var pool as MaxPool where pool.window.autoPadding != .explicit:
      pool.window = try resolved(pool.window)
      node.op = pool
    case var pool as AveragePool where pool.window.autoPadding != .explicit:
      pool.window = try resolved(pool.window)
      node.op = pool
    default: break
    }
    return node
  }

  /// The spatial pads, before then after, of a Pad that adds zeros around spatial axes only.
  private func zeroPads(_ node: Node, in graph: Graph) throws(GraphError) -> [Int]? {
    guard let pad = node.op as? Pad, pad.mode == .constant, pad.value ?? 0 == 0 else { return nil }
    if node.inputs.count > 2, let value = node.inputs[2] {
      guard graph.constant(value)?.doubles == [0] else { return nil }
    }
    let (before, after) = try pad.resolve(node.operands(in: graph))
    guard (before + after).allSatisfy({ (0...1 << 20).contains($0) }),
      (before.prefix(2) + after.prefix(2)).allSatisfy({ $0 == 0 })
    else { return nil }
    return Array(before.dropFirst(2) + after.dropFirst(2))
  }
}
