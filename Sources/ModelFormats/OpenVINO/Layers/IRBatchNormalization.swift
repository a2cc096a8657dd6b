import Graphs
import Tensors

/// Normalization by stored means and variances.
enum IRBatchNormalization: IRLayerReader, IRNodeWriter {
  static let types = ["BatchNormInference"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    // The first operator set lists the data third.
    let order = layer.opset == "opset1" ? [2, 0, 1, 3, 4] : [0, 1, 2, 3, 4]
    var inputs: [ValueID] = []
    for place in order { inputs.append(try builder.input(place)) }
    let epsilon = try layer.float(layer.attributes["epsilon"] == nil ? "eps" : "epsilon")
    builder.set(try builder.apply("BatchNormalization", inputs, ["epsilon": .float(epsilon)]))
  }

  static let operators: [any Operator.Type] = [BatchNormalization.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? BatchNormalization else { return }
    var inputs: [IRDocument.Port] = []
    for place in 0..<5 { inputs.append(try document.input(place, of: node)) }
    let output = try document.outputType(node)
    document.set(
      node,
      document.add(
        "BatchNormInference", opset: "opset5", name: node.name, [("epsilon", "\(op.epsilon)")], inputs, gives: output))
  }
}
