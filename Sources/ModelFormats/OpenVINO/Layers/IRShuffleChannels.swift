import Graphs
import Tensors

/// Channels of several groups dealt in turn: a Reshape, a Transpose and a Reshape here.
enum IRShuffleChannels: IRLayerReader {
  static let types = ["ShuffleChannels"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let shape = try builder.shape(0)
    let (stated, groups) = (try layer.integer("axis", default: 1), try layer.integer("group", default: 1))
    let axis = stated < 0 ? stated + shape.rank : stated
    guard shape.dimensions.indices.contains(axis), groups >= 1, shape[axis] % groups == 0 else {
      throw layer.error(.invalidModel, "\(groups) groups along axis \(stated) do not fit \(shape)")
    }
    func list(_ numbers: some Sequence<Int>) -> Tensor { Tensor(vector: numbers.map { Int64($0) }) }
    let extents = shape.dimensions
    let apart = Array(extents[..<axis]) + [groups, extents[axis] / groups] + Array(extents[(axis + 1)...])
    var order = Array(0...shape.rank)
    order.swapAt(axis, axis + 1)
    let split = try builder.apply(
      "Reshape", [try builder.input(0), builder.add(list(apart), "apart")], part: "split")
    let dealt = try builder.apply("Transpose", [split], ["perm": .integers(order.map(Int64.init))], part: "dealt")
    builder.set(try builder.apply("Reshape", [dealt, builder.add(list(extents), "shape")]))
  }
}
