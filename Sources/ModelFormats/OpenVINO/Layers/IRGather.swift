import Graphs
import Tensors

/// Elements picked by their place along one axis.
enum IRGather: IRLayerReader, IRNodeWriter {
  static let types = ["Gather"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    guard try layer.integer("batch_dims", default: 0) == 0 else {
      throw layer.error(.unsupportedFeature, "picks in batches (batch_dims), which is not supported")
    }
    let axis = try builder.integers(2, "axis")
    guard axis.count == 1 else { throw layer.error(.invalidModel, "must have one axis") }
    let inputs = [try builder.input(0), try builder.input(1)]
    builder.set(try builder.apply("Gather", inputs, ["axis": .integer(axis[0])]))
  }

  static let operators: [any Operator.Type] = [Gather.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Gather else { return }
    let inputs = [try document.input(0, of: node), try document.input(1, of: node)]
    let axis = document.add(Tensor(scalar: Int64(op.axis)), named: "\(node.name)/axis")
    let output = try document.outputType(node)
    document.set(
      node,
      document.add(
        "Gather", opset: "opset8", name: node.name, [("batch_dims", "0")], inputs + [axis], gives: output))
  }
}
