import Graphs
import Tensors

/// Elements added around a tensor.
enum IRPad: IRLayerReader, IRNodeWriter {
  static let types = ["Pad"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let mode = try layer.string("pad_mode")
    guard ["constant", "edge", "reflect"].contains(mode) else {
      throw layer.error(.unsupportedFeature, "pads by \(mode), which is not supported")
    }
    let pads = try builder.integers(1, "pads") + builder.integers(2, "pads")
    var inputs: [ValueID?] = [try builder.input(0), builder.add(Tensor(vector: pads), "pads")]
    if mode == "constant", builder.inputCount > 3 { inputs.append(try builder.input(3)) }
    builder.set(try builder.apply("Pad", inputs, ["mode": .string(mode)]))
  }

  static let operators: [any Operator.Type] = [Pad.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Pad else { return }
    guard op.mode != .wrap else { throw document.cannotExport(node, "it repeats the tensor (mode wrap)") }
    let pads: (before: [Int], after: [Int])
    do {
      pads = try op.resolve(document.operands(of: node))
    } catch { throw document.cannotExport(node, error.message) }
    var inputs = [try document.input(0, of: node)]
    for (suffix, list) in [("pads_begin", pads.before), ("pads_end", pads.after)] {
      inputs.append(document.add(Tensor(vector: list.map(Int64.init)), named: "\(node.name)/\(suffix)"))
    }
    if op.mode == .constant, node.inputs.count > 2, node.inputs[2] != nil {
      inputs.append(try document.input(2, of: node))
    }
    let output = try document.outputType(node)
    document.set(
      node,
      document.add("Pad", opset: "opset12", name: node.name, [("pad_mode", op.mode.rawValue)], inputs, gives: output))
  }
}
