import Graphs
import Tensors

/// A tensor cut into parts along one axis.
enum IRSplit: IRLayerReader, IRNodeWriter {
  static let types = ["Split", "VariadicSplit"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let input = try builder.input(0)
    let shape = try builder.shape(0)
    let stated = try builder.integers(1, "axis")
    let first = stated.first ?? 0
    let axis = first < 0 ? first + Int64(shape.rank) : first
    guard stated.count == 1, (0..<Int64(shape.rank)).contains(axis) else {
      throw layer.error(.invalidModel, "has no axis \(first) in \(shape)")
    }
    let extent = Int64(shape[Int(axis)])
    var parts: [Int64]
    if layer.type == "Split" {
      let count = Int64(try layer.integer("num_splits"))
      guard count >= 1, extent % count == 0, count == layer.outputs.count else {
        throw layer.error(.invalidModel, "\(count) equal parts do not fit an extent of \(extent)")
      }
      parts = layer.outputs.map { _ in extent / count }
    } else {
      parts = try builder.integers(2, "extents of the parts")
      guard parts.allSatisfy({ (-1...extent).contains($0) }), parts.count == layer.outputs.count else {
        throw layer.error(.invalidModel, "parts of \(parts) do not fit an extent of \(extent)")
      }
      if let rest = parts.firstIndex(of: -1) { parts[rest] = extent - parts.filter { $0 > 0 }.reduce(0, +) }
    }
    try builder.applySplit([input, builder.add(Tensor(vector: parts), "parts")], axis: Int(axis))
  }

  static let operators: [any Operator.Type] = [Split.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Split else { return }
    let input = try document.input(0, of: node)
    var types: [ValueType] = []
    for case let output? in node.outputs { types.append(try document.type(of: output)) }
    let place = op.axis < 0 ? op.axis + input.shape.rank : op.axis
    guard input.shape.dimensions.indices.contains(place), types.count == node.outputs.count,
      types.allSatisfy({ $0.shape.rank == input.shape.rank })
    else { throw document.cannotExport(node, "it has no axis \(op.axis)") }
    let axis = document.add(Tensor(scalar: Int64(place)), named: "\(node.name)/axis")
    let parts = document.add(
      Tensor(vector: types.map { Int64($0.shape[place]) }), named: "\(node.name)/parts")
    let ports = document.append(
      "VariadicSplit", opset: "opset1", name: node.name, [], [input, axis, parts], gives: types)
    for (output, port) in zip(node.outputs, ports) {
      if let output { document.set(output, port) }
    }
  }
}
