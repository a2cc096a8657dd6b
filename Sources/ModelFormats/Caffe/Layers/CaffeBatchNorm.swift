import Graphs
import Tensors

/// Normalization by the stored mean and variance, together with the Scale layer behind it if nothing else reads between.
///
/// The file stores mean and variance multiplied by a third blob, a single factor; 0 there stands for all zero.
enum CaffeBatchNorm: CaffeLayerConverter {
  static let types = ["BatchNorm"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.batchNormParam
    guard !parameters.hasUseGlobalStats || parameters.useGlobalStats else {
      throw layer.error(
        .unsupportedFeature, "normalizes by each batch's own statistics, which is not supported",
        remedy: "set use_global_stats: true")
    }
    let input = try builder.bottom()
    let shape = builder.shape(input)
    guard shape.rank >= 2 else { throw layer.error(.invalidModel, "cannot normalize the shape \(shape)") }
    let count = shape[1]
    let blobs = try builder.blobs(3, of: layer)
    let stored = try blobs[2].tensor([1], "scale factor", of: layer).floats
    let factor = stored.first.map { $0 == 0 ? 0 : 1 / $0 } ?? 0
    let mean = try blobs[0].tensor([count], "mean", of: layer).floats.map { $0 * factor }
    let variance = try blobs[1].tensor([count], "variance", of: layer).floats.map { $0 * factor }
    let scaleLayer = builder.absorbReader(ofType: "Scale") { scale in
      let parameters = scale.parameter.scaleParam
      return scale.parameter.bottom.count == 1 && scale.parameter.top.count == 1 && parameters.numAxes == 1
        && (parameters.axis == 1 || Int(parameters.axis) == 1 - shape.rank)
    }
    var scale = [Float](repeating: 1, count: count)
    var bias = [Float](repeating: 0, count: count)
    if let scaleLayer {
      let hasBias = scaleLayer.parameter.scaleParam.biasTerm
      let blobs = try builder.blobs(hasBias ? 2 : 1, of: scaleLayer)
      scale = try blobs[0].tensor([count], "scale", of: scaleLayer).floats
      if hasBias { bias = try blobs[1].tensor([count], "bias", of: scaleLayer).floats }
    }
    let inputs = [
      input, builder.constant(Tensor(vector: scale), "scale"), builder.constant(Tensor(vector: bias), "bias"),
      builder.constant(Tensor(vector: mean), "mean"), builder.constant(Tensor(vector: variance), "variance"),
    ]
    let result = try builder.apply("BatchNormalization", inputs, ["epsilon": .float(parameters.eps)])
    builder.finish(result)
    if scaleLayer != nil { builder.finishAbsorbed(result) }
  }
}
