import Graphs
import Tensors

/// The extents of a tensor, which are known here.
enum IRShapeOf: IRLayerReader, IRNodeWriter {
  static let types = ["ShapeOf"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let type = try layer.elementType(layer.attributes["output_type"] ?? "i64")
    let extents = Tensor(vector: try builder.shape(0).dimensions.map(Int64.init))
    builder.set(.constant(extents.converted(to: type)))
  }

  static let operators: [any Operator.Type] = [ShapeOf.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? ShapeOf else { return }
    let shape = try document.input(0, of: node).shape
    document.set(node, document.add(Tensor(vector: op.extents(of: shape)), named: node.name))
  }
}
