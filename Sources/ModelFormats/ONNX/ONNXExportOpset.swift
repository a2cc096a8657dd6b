import Graphs

/// The version of the operator set that an exported file names.
struct ONNXExportOpset {
  /// Named unless an operator asks for a later one: old enough for most readers, and the attributes of the operators here
  /// have had their present form since.
  static let lowest = 18

  /// Operators whose present form came later.
  private static let firstVersions: [String: Int] = ["Gelu": 20, "RMSNormalization": 23]

  let version: Int

  init(_ graph: Graph) {
    version =
      graph.nodes.map { node in
        if node.operatorName == "AveragePool", node.op.attributes["dilations"] != nil { return 19 }
        return Self.firstVersions[node.operatorName] ?? Self.lowest
      }.max() ?? Self.lowest
  }

  /// The version of the file format that came with the operator set.
  var irVersion: Int64 {
    switch version {
    case ...18: 8
    case 19...20: 9
    case 21...22: 10
    default: 11
    }
  }
}
