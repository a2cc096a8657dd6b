import Graphs
import Tensors

/// Another element type. Constant 8-bit integers are kept, since they may be weights; 16-bit floats are read as 32-bit ones.
enum IRConvert: IRLayerReader, IRNodeWriter {
  static let types = ["Convert"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    var type = try layer.elementType(try layer.string("destination_type"))
    if type == .float16 { type = .float32 }
    if case .constant(let tensor) = try builder.value(0) {
      let isByte = tensor.elementType == .int8 || tensor.elementType == .uint8
      return builder.set(
        isByte && type == .float32 ? .quantized(QuantizedConstant(tensor)) : .constant(tensor.converted(to: type)))
    }
    let input = try builder.input(0)
    if builder.type(of: input)?.elementType == type { return builder.set(input) }
    builder.set(try builder.apply("Cast", [input], ["to": .integer(Int64(ONNXElementType.number(type)))]))
  }

  static let operators: [any Operator.Type] = [Cast.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let output = try document.outputType(node)
    let input = try document.input(0, of: node)
    document.set(node, convert(input, to: output.elementType, name: node.name, in: &document))
  }

  /// Adds a Convert.
  static func convert(
    _ input: IRDocument.Port, to type: ElementType, name: String, in document: inout IRDocument
  ) -> IRDocument.Port {
    document.add(
      "Convert", name: name, [("destination_type", IRElementType.attribute(type))], [input],
      gives: ValueType(type, input.shape))
  }
}
