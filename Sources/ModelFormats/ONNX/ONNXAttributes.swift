import FoundationEssentials
import Graphs
import Tensors

extension ONNXAttributeProto {
  /// The number of the kind of value, found from the value itself where the file does not say it.
  private var kind: Int32 {
    if type != 0 { return type }
    if hasF { return 1 }
    if hasI { return 2 }
    if hasS { return 3 }
    if hasT { return 4 }
    if hasG { return 5 }
    if !floats.isEmpty { return 6 }
    if !ints.isEmpty { return 7 }
    if !strings.isEmpty { return 8 }
    if !tensors.isEmpty { return 9 }
    return graphs.isEmpty ? 7 : 10
  }

  /// The attribute's value.
  ///
  /// - Parameter node: what the node is called in errors.
  /// - Throws: `ModelFormatError.unsupportedFeature` for sub-graphs and other kinds that no operator here takes.
  func value(node: String, reader: ONNXTensorReader) throws(ModelFormatError) -> AttributeValue {
    guard refAttrName.isEmpty else { throw unsupported("refers to an attribute of a function", node) }
    switch kind {
    case 1: return .float(f)
    case 2: return .integer(i)
    case 3: return .string(String(decoding: s, as: UTF8.self))
    case 4: return .tensor(try reader.tensor(t, named: "\(node).\(name)"))
    case 6: return .floats(floats)
    case 7: return .integers(ints)
    case 8: return .strings(strings.map { String(decoding: $0, as: UTF8.self) })
    case 5, 10:
      throw ModelFormatError(
        .unsupportedFeature, "node “\(node)” runs a sub-graph (attribute \(name)), which is not supported",
        remedy: "export the model without conditions and loops", context: node)
    case 11, 12: throw unsupported("is a sparse tensor", node)
    default: throw unsupported("is of kind \(kind)", node)
    }
  }

  private func unsupported(_ what: String, _ node: String) -> ModelFormatError {
    ModelFormatError(
      .unsupportedFeature, "attribute \(name) of node “\(node)” \(what), which is not supported", context: node)
  }
}
