import Graphs

/// Softmax along one axis, and its logarithm.
enum IRSoftmax: IRLayerReader, IRNodeWriter {
  static let types = ["SoftMax", "Softmax", "LogSoftmax"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let axis = try layer.integer("axis", default: layer.type == "LogSoftmax" ? -1 : 1)
    builder.set(
      try builder.apply(
        layer.type == "LogSoftmax" ? "LogSoftmax" : "Softmax", [try builder.input(0)], ["axis": .integer(Int64(axis))]))
  }

  static let operators: [any Operator.Type] = [Softmax.self, LogSoftmax.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    let isLogarithm = node.op is LogSoftmax
    let axis = (node.op as? Softmax)?.axis ?? (node.op as? LogSoftmax)?.axis ?? -1
    document.set(
      node,
      document.add(
        isLogarithm ? "LogSoftmax" : "SoftMax", opset: isLogarithm ? "opset5" : "opset8", name: node.name,
        [("axis", "\(axis)")], [input], gives: output))
  }
}
