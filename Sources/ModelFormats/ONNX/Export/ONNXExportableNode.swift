import Graphs

/// A node in the form of the operator set that an exported file names.
struct ONNXExportableNode: Sendable {
  /// For people; need not be unique.
  var name: String
  /// As the operator set spells it.
  var operatorName: String
  var attributes: [String: AttributeValue] = [:]
  /// Nil where an optional input is left out.
  var inputs: [ValueID?]
  /// Nil where an optional output is not wanted.
  var outputs: [ValueID?]
}

extension ONNXExportableNode {
  /// The first operator set that has the operator with these attributes, 18 at least.
  ///
  /// 18 is old enough for most readers, and the operators here have had their present form since.
  var firstOpset: Int {
    switch operatorName {
    case "AveragePool" where attributes["dilations"] != nil: 19
    case "QuantizeLinear" where attributes["output_dtype"] != nil: 21
    case "Gelu": 20
    case "Swish", "RMSNormalization": 24
    default: 18
    }
  }
}
