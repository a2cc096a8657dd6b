import Graphs
import Tensors

/// Means along axes, and maxima of whole planes.
enum IRReduction: IRLayerReader, IRNodeWriter {
  static let types = ["ReduceMean", "ReduceMax"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let input = try builder.input(0)
    let keeps = try layer.bool("keep_dims", default: false)
    let rank = try builder.shape(0).rank
    let axes = try builder.integers(1, "axes").map { $0 < 0 ? $0 + Int64(rank) : $0 }
    if layer.type == "ReduceMax" {
      guard rank > 2, axes.sorted() == Array(2..<Int64(rank)) else {
        throw layer.error(.unsupportedFeature, "takes maxima of other than whole planes, which is not supported")
      }
      let pooled = try builder.apply("GlobalMaxPool", [input], part: keeps ? nil : "pooled")
      guard !keeps else { return builder.set(pooled) }
      return builder.set(try builder.apply("Squeeze", [pooled, builder.add(Tensor(vector: axes), "axes")]))
    }
    builder.set(
      try builder.apply(
        "ReduceMean", [input, builder.add(Tensor(vector: axes), "axes")], ["keepdims": .integer(keeps ? 1 : 0)]))
  }

  static let operators: [any Operator.Type] = [ReduceMean.self, GlobalAveragePool.self, GlobalMaxPool.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    var (axes, keeps) = (Array(2..<max(input.shape.rank, 2)), true)
    if let mean = node.op as? ReduceMean {
      do {
        (axes, keeps) = (try mean.reducedAxes(document.operands(of: node)), mean.keepsAxes)
      } catch { throw document.cannotExport(node, error.message) }
    }
    let list = document.add(Tensor(vector: axes.map(Int64.init)), named: "\(node.name)/axes")
    let type = node.op is GlobalMaxPool ? "ReduceMax" : "ReduceMean"
    document.set(
      node, document.add(type, name: node.name, [("keep_dims", "\(keeps)")], [input, list], gives: output))
  }
}
