import Graphs
import Tensors

/// A run of axes made one.
enum CaffeFlatten: CaffeLayerConverter {
  static let types = ["Flatten"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.flattenParam
    let input = try builder.bottom()
    let shape = builder.shape(input)
    let first = try layer.axis(parameters.axis, below: shape.rank)
    let last = try layer.axis(parameters.endAxis, below: shape.rank)
    guard first <= last else {
      throw layer.error(.invalidModel, "axis \(first) lies behind end_axis \(last)", remedy: "exchange them")
    }
    if first == 1, last == shape.rank - 1 {
      return builder.finish(try builder.apply("Flatten", [input], ["axis": .integer(1)]))
    }
    // In Reshape, 0 keeps an extent.
    let target =
      [Int64](repeating: 0, count: first) + [-1] + shape.dimensions.dropFirst(last + 1).map(Int64.init)
    builder.finish(try builder.apply("Reshape", [input, builder.constant(Tensor(vector: target), "shape")]))
  }
}
