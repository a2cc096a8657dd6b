import Graphs
import Tensors

/// Concatenation along one axis.
enum CaffeConcat: CaffeLayerConverter {
  static let types = ["Concat"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require(bottoms: 1...Int.max)
    let parameters = layer.parameter.concatParam
    var inputs: [ValueID] = []
    for position in 0..<builder.bottomCount { inputs.append(try builder.bottom(position)) }
    let stated =
      parameters.hasConcatDim && !parameters.hasAxis ? Int32(clamping: parameters.concatDim) : parameters.axis
    let axis = try layer.axis(stated, below: builder.shape(inputs[0]).rank)
    builder.finish(try builder.apply("Concat", inputs, ["axis": .integer(Int64(axis))]))
  }
}
