import Graphs
import Tensors

/// Axes in another order.
enum IRTranspose: IRLayerReader, IRNodeWriter {
  static let types = ["Transpose"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let order = builder.inputCount > 1 ? try builder.integers(1, "order of axes") : []
    builder.set(
      try builder.apply("Transpose", [try builder.input(0)], order.isEmpty ? [:] : ["perm": .integers(order)]))
  }

  static let operators: [any Operator.Type] = [Transpose.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Transpose else { return }
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    let order: [Int]
    do {
      order = try op.permutation(rank: input.shape.rank)
    } catch { throw document.cannotExport(node, error.message) }
    let constant = document.add(Tensor(vector: order.map(Int64.init)), named: "\(node.name)/order")
    document.set(node, document.add("Transpose", name: node.name, [input, constant], gives: output))
  }
}
