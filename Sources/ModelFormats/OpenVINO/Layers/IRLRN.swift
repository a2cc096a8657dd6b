import Graphs
import Tensors

/// Normalization by the squares of neighbouring channels.
enum IRLRN: IRLayerReader, IRNodeWriter {
  static let types = ["LRN"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    guard try builder.integers(1, "axes") == [1] else {
      throw layer.error(.unsupportedFeature, "normalizes along other axes than the channels, which is not supported")
    }
    builder.set(
      try builder.apply(
        "LRN", [try builder.input(0)],
        [
          "size": .integer(Int64(try layer.integer("size"))), "alpha": .float(try layer.float("alpha")),
          "beta": .float(try layer.float("beta")), "bias": .float(try layer.float("bias")),
        ]))
  }

  static let operators: [any Operator.Type] = [LRN.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? LRN else { return }
    let input = try document.input(0, of: node)
    let axes = document.add(Tensor(vector: [Int64(1)]), named: "\(node.name)/axes")
    let output = try document.outputType(node)
    document.set(
      node,
      document.add(
        "LRN", name: node.name,
        [("alpha", "\(op.alpha)"), ("beta", "\(op.beta)"), ("bias", "\(op.bias)"), ("size", "\(op.size)")],
        [input, axes], gives: output))
  }
}
