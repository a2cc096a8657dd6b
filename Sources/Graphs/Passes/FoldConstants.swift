import Tensors

/// Replaces nodes that compute on constants alone by what they compute.
///
/// `DequantizeLinear` stays: it says that a weight is stored quantized.
public struct FoldConstants: Pass {
  public static let name = "foldConstants"

  /// What all folded constants together may take.
  public var byteLimit: Int

  public init(byteLimit: Int = 1 << 32) { self.byteLimit = byteLimit }

  public func run(on graph: inout Graph) throws(GraphError) {
    var known = try graph.inferTypesAndConstants()
    var kept: [Node] = []
    var byteCount = 0
    for node in graph.nodes {
      guard let tensors = try constants(of: node, in: graph, &known) else {
        kept.append(node)
        continue
      }
      for (output, tensor) in zip(node.outputs, tensors) {
        guard let output else { continue }
        byteCount += tensor.byteCount
        guard byteCount <= byteLimit else {
          throw GraphError(
            .invalidGraph, "the model's computed constants need more than \(byteLimit >> 20) MiB",
            operatorName: node.operatorName, node: node.name)
        }
        graph[output].constant = tensor
        graph[output].type = ValueType(tensor.elementType, tensor.shape)
      }
    }
    graph.nodes = kept
  }

  /// What a node computes; nil if that is not known ahead.
  private func constants(
    of node: Node, in graph: Graph, _ known: inout [ValueID: Tensor]
  ) throws(GraphError) -> [Tensor]? {
    guard !(node.op is DequantizeLinear) else { return nil }
    let outputs = node.outputs.compactMap(\.self)
    let tensors = outputs.compactMap { known[$0] }
    if tensors.count == node.outputs.count { return tensors }
    var inputs: [Tensor?] = []
    for input in node.inputs {
      guard let input else {
        inputs.append(nil)
        continue
      }
      guard let constant = graph.constant(input) else { return nil }
      inputs.append(constant)
    }
    do {
      return try node.op.evaluate(inputs, outputCount: node.outputs.count)
    } catch { throw error.at(node: node.name, operatorName: node.operatorName) }
  }
}
