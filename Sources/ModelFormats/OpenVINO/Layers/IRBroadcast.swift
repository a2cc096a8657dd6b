import Graphs
import Tensors

/// A tensor that is spread to a shape.
enum IRBroadcast: IRLayerReader, IRNodeWriter {
  static let types = ["Broadcast"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let mode = layer.attributes["mode"] ?? "numpy"
    guard ["numpy", "bidirectional"].contains(mode) else {
      throw layer.error(.unsupportedFeature, "spreads its input by \(mode), which is not supported")
    }
    let shape = builder.add(Tensor(vector: try builder.integers(1, "extents")), "shape")
    builder.set(try builder.apply("Expand", [try builder.input(0), shape]))
  }

  static let operators: [any Operator.Type] = [Expand.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let output = try document.outputType(node)
    let input = try document.input(0, of: node)
    let shape = document.add(
      Tensor(vector: output.shape.dimensions.map(Int64.init)), named: "\(node.name)/shape")
    document.set(
      node,
      document.add("Broadcast", opset: "opset3", name: node.name, [("mode", "numpy")], [input, shape], gives: output))
  }
}
