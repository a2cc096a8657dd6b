import Graphs

extension ExportableGraph {
  /// The operator set to name: 18, or the first that has all operators as they are.
  ///
  /// 18 is old enough for most readers, and most operators here have had their present form since.
  var opset: Int {
    graph.nodes.map { node in
      switch node.op {
      case let op as AveragePool where op.window.dilations.contains { $0 != 1 }: 19
      case let op as QuantizeLinear where Self.attributes(op, node)["output_dtype"] != nil: 21
      default: 18
      }
    }.max() ?? 18
  }

  /// The version of the file format that came with the operator set.
  var irVersion: Int64 {
    switch opset {
    case ...18: 8
    case 19...20: 9
    default: 10
    }
  }

  /// The attributes to write: a type that the zero point of QuantizeLinear says already is left out.
  static func attributes(_ op: any Operator, _ node: Node) -> [String: AttributeValue] {
    var attributes = op.attributes
    if op is QuantizeLinear, node.inputs.count > 2, node.inputs[2] != nil { attributes["output_dtype"] = nil }
    return attributes
  }
}
