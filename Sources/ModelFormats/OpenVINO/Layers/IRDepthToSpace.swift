import Graphs

/// Channels dealt out to blocks of pixels.
enum IRDepthToSpace: IRLayerReader, IRNodeWriter {
  static let types = ["DepthToSpace"]

  private static let modes: [(String, DepthToSpace.Mode)] = [
    ("blocks_first", .depthColumnRow), ("depth_first", .columnRowDepth),
  ]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let word = try layer.string("mode")
    guard let mode = modes.first(where: { $0.0 == word })?.1 else {
      throw layer.error(.unsupportedFeature, "deals out by \(word), which is not supported")
    }
    let size = Int64(try layer.integer("block_size", default: 1))
    builder.set(
      try builder.apply(
        "DepthToSpace", [try builder.input(0)], ["blocksize": .integer(size), "mode": .string(mode.rawValue)]))
  }

  static let operators: [any Operator.Type] = [DepthToSpace.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? DepthToSpace else { return }
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    let mode = modes.first { $0.1 == op.mode }?.0 ?? "blocks_first"
    document.set(
      node,
      document.add(
        "DepthToSpace", name: node.name, [("mode", mode), ("block_size", "\(op.blockSize)")], [input], gives: output))
  }
}
