import Graphs
import Tensors

/// Another shape of the same elements.
enum IRReshape: IRLayerReader, IRNodeWriter {
  static let types = ["Reshape"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let keepsZeros = try !layer.bool("special_zero", default: false)
    let shape = builder.add(Tensor(vector: try builder.integers(1, "extents")), "shape")
    let result = try builder.apply(
      "Reshape", [try builder.input(0), shape], keepsZeros ? ["allowzero": .integer(1)] : [:])
    if case .quantized(let constant) = try builder.value(0), let type = builder.type(of: result),
      let reshaped = constant.reshaped(to: type.shape)
    {
      return builder.set(.quantized(reshaped))
    }
    builder.set(result)
  }

  static let operators: [any Operator.Type] = [Reshape.self, Flatten.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    // An extent kept by 0 and one found by -1 stay right for other batches.
    if output.shape.rank == 2, input.shape.rank >= 2, output.shape[0] == input.shape[0], input.shape.elementCount > 0 {
      let shape = document.add(Tensor(vector: [Int64(0), -1]), named: "\(node.name)/shape")
      return document.set(
        node, document.add("Reshape", name: node.name, [("special_zero", "true")], [input, shape], gives: output))
    }
    document.set(node, reshape(input, to: output.shape, name: node.name, in: &document))
  }

  /// Adds a Reshape to a fixed shape.
  static func reshape(
    _ input: IRDocument.Port, to shape: Shape, name: String, in document: inout IRDocument
  ) -> IRDocument.Port {
    let extents = document.add(Tensor(vector: shape.dimensions.map(Int64.init)), named: "\(name)/shape")
    return document.add(
      "Reshape", name: name, [("special_zero", "false")], [input, extents],
      gives: ValueType(input.type.elementType, shape))
  }
}
