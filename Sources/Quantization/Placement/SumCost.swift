import Graphs
import Tensors

/// What it costs to keep a sum in floating point, beside the layers that it joins.
///
/// Floats take four times the room of integers, so that the sum takes time for each of its elements; the layers that lead
/// to only one of its operands, those of its block, take time for each product. Late sums are small, and their layers have
/// many channels; early ones are large.
struct SumCost {
  /// How many products the layers of the sum's block compute for each element of the sum.
  let productsPerElement: Double

  /// From how many products for each of its elements on a sum is cheap: in MobileNetV2 such sums
  /// together take about one part in a hundred of the time, and those from 1000 products on already more than three.
  private static let cheapProducts = 1500.0

  /// Whether the sum takes little time beside the layers.
  var isCheap: Bool { productsPerElement >= Self.cheapProducts }

  /// Looks at a sum of two values in a graph with inferred types.
  ///
  /// - Parameter producers: the node that computes each value.
  init(of sum: Int, in graph: Graph, producers: [ValueID: Int]) {
    let operands = graph.nodes[sum].inputs.compactMap(\.self)
    let elements =
      graph.nodes[sum].outputs.first.flatMap(\.self).flatMap { graph.type(of: $0)?.shape.elementCount } ?? 0
    guard operands.count == 2, elements > 0 else {
      productsPerElement = 0
      return
    }
    // For each node that leads to an operand, to which: a bit for each. Nodes stand behind those that they read.
    var marks: [Int: UInt8] = [:]
    var oneSided = 0
    func mark(_ value: ValueID, _ bits: UInt8) {
      guard let producer = producers[value] else { return }
      let old = marks[producer] ?? 0
      let new = old | bits
      marks[producer] = new
      if old == 0, new != 3 { oneSided += 1 }
      if old == 1 || old == 2, new == 3 { oneSided -= 1 }
    }
    for (index, operand) in operands.enumerated() { mark(operand, UInt8(1 << index)) }
    var products = 0.0
    var node = sum
    while oneSided > 0, node > 0 {
      node -= 1
      guard let bits = marks[node] else { continue }
      if bits != 3 {
        oneSided -= 1
        products += Self.products(of: graph.nodes[node], in: graph)
      }
      for case let input? in graph.nodes[node].inputs { mark(input, bits) }
    }
    productsPerElement = products / Double(elements)
  }

  /// How many products a layer with constant weights computes; 0 for other nodes.
  private static func products(of node: Node, in graph: Graph) -> Double {
    guard node.inputs.count > 1, let weights = node.inputs[1].flatMap({ graph.constant($0)?.shape }), weights.rank > 1,
      let output = node.outputs.first.flatMap(\.self).flatMap({ graph.type(of: $0)?.shape })
    else { return 0 }
    let axis: Int
    switch node.op {
    case is Conv: axis = 0
    case let gemm as Gemm: axis = gemm.transB ? 0 : 1
    case is MatMul: axis = weights.rank - 1
    default: return 0
    }
    return Double(output.elementCount) * Double(weights.elementCount) / Double(max(weights[axis], 1))
  }
}
