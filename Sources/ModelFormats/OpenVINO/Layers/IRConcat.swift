import Graphs

/// Concatenation along one axis.
enum IRConcat: IRLayerReader, IRNodeWriter {
  static let types = ["Concat"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    var inputs: [ValueID] = []
    for place in 0..<max(builder.inputCount, 1) { inputs.append(try builder.input(place)) }
    builder.set(try builder.apply("Concat", inputs, ["axis": .integer(Int64(try layer.integer("axis")))]))
  }

  static let operators: [any Operator.Type] = [Concat.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Concat else { return }
    var inputs: [IRDocument.Port] = []
    for place in node.inputs.indices { inputs.append(try document.input(place, of: node)) }
    let output = try document.outputType(node)
    document.set(node, document.add("Concat", name: node.name, [("axis", "\(op.axis)")], inputs, gives: output))
  }
}
