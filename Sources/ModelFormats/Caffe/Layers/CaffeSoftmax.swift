import Graphs
import Tensors

/// Softmax along one axis.
enum CaffeSoftmax: CaffeLayerConverter {
  static let types = ["Softmax"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let input = try builder.bottom()
    let axis = try layer.axis(layer.parameter.softmaxParam.axis, below: builder.shape(input).rank)
    builder.finish(try builder.apply("Softmax", [input], ["axis": .integer(Int64(axis))]))
  }
}
