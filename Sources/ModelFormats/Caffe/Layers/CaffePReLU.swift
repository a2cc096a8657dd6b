import Graphs
import Tensors

/// ReLU with a learned slope for negative elements, one for each channel or one for all.
enum CaffePReLU: CaffeLayerConverter {
  static let types = ["PReLU"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let input = try builder.bottom()
    let shape = builder.shape(input)
    guard shape.rank >= 2 else { throw layer.error(.invalidModel, "\(shape) has no channels") }
    let channels = layer.parameter.preluParam.channelShared ? 1 : shape[1]
    let aligned = [channels] + [Int](repeating: 1, count: shape.rank - 2)
    let slopes = try builder.blobs(1, of: layer)[0].tensor(aligned, "slopes", of: layer)
    builder.finish(try builder.apply("PRelu", [input, builder.constant(slopes, "slopes")]))
  }
}
