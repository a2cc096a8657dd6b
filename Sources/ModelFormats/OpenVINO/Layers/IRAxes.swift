import Graphs
import Tensors

/// Axes of extent 1 that come or go.
enum IRAxes: IRLayerReader, IRNodeWriter {
  static let types = ["Squeeze", "Unsqueeze"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    var inputs = [try builder.input(0)]
    if builder.inputCount > 1 {
      inputs.append(builder.add(Tensor(vector: try builder.integers(1, "axes")), "axes"))
    }
    let result = try builder.apply(layer.type, inputs)
    if case .quantized(let constant) = try builder.value(0), let type = builder.type(of: result),
      let reshaped = constant.reshaped(to: type.shape)
    {
      return builder.set(.quantized(reshaped))
    }
    builder.set(result)
  }

  static let operators: [any Operator.Type] = [Squeeze.self, Unsqueeze.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    var inputs = [try document.input(0, of: node)]
    if node.inputs.count > 1, node.inputs[1] != nil { inputs.append(try document.input(1, of: node)) }
    let output = try document.outputType(node)
    document.set(node, document.add(node.operatorName, name: node.name, inputs, gives: output))
  }
}
