import Graphs
import Tensors

/// Local response normalization across channels.
enum CaffeLRN: CaffeLayerConverter {
  static let types = ["LRN"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.lrnParam
    guard parameters.normRegion == .acrossChannels else {
      throw layer.error(.unsupportedFeature, "normalizes within channels, which is not supported")
    }
    guard parameters.localSize % 2 == 1 else {
      throw layer.error(.invalidModel, "local_size \(parameters.localSize) must be odd", remedy: "correct it")
    }
    builder.finish(
      try builder.apply(
        "LRN", [try builder.bottom()],
        [
          "size": .integer(Int64(parameters.localSize)), "alpha": .float(parameters.alpha),
          "beta": .float(parameters.beta), "bias": .float(parameters.k),
        ]))
  }
}
