import Graphs
import Tensors

/// Multiplication (Scale) or addition (Bias) of weights, or of a second input, along some axes.
enum CaffeScale: CaffeLayerConverter {
  static let types = ["Scale", "Bias"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require(bottoms: 1...2)
    let isScale = layer.type == "Scale"
    let parameters = layer.parameter
    let (axis, axes) =
      isScale
      ? (parameters.scaleParam.axis, parameters.scaleParam.numAxes)
      : (parameters.biasParam.axis, parameters.biasParam.numAxes)
    let hasBias = isScale && parameters.scaleParam.biasTerm
    let input = try builder.bottom()
    let shape = builder.shape(input)
    let name = isScale ? "Mul" : "Add"
    if builder.bottomCount == 2 {
      guard !hasBias else {
        throw layer.error(.unsupportedFeature, "scales by a second bottom and adds a bias, which is not supported")
      }
      let other = try builder.bottom(1)
      let covered = builder.shape(other)
      let first = covered.rank == 0 ? 0 : try layer.axis(axis, below: shape.rank)
      guard Array(shape.dimensions.dropFirst(first).prefix(covered.rank)) == covered.dimensions else {
        throw layer.error(.invalidModel, "\(covered) does not fit \(shape) from axis \(first) on")
      }
      let rest = [Int64](repeating: 1, count: shape.rank - first - covered.rank)
      var factor = other
      if !rest.isEmpty {
        let target = builder.constant(Tensor(vector: covered.dimensions.map(Int64.init) + rest), "shape")
        factor = try builder.apply("Reshape", [other, target], part: "reshape")
      }
      return builder.finish(try builder.apply(name, [input, factor]))
    }
    let first = axes == 0 ? 0 : try layer.axis(axis, below: shape.rank)
    let count = axes == -1 ? shape.rank - first : Int(axes)
    guard count >= 0, count <= shape.rank - first else {
      throw layer.error(.invalidModel, "there are no \(axes) axes from axis \(first) of \(shape) on")
    }
    let covered = Array(shape.dimensions.dropFirst(first).prefix(count))
    let aligned = covered + [Int](repeating: 1, count: axes == 0 ? 0 : shape.rank - first - count)
    let blobs = try builder.blobs(hasBias ? 2 : 1, of: layer)
    let factor = builder.constant(try blobs[0].tensor(aligned, isScale ? "scale" : "bias", of: layer), "weights")
    guard hasBias else { return builder.finish(try builder.apply(name, [input, factor])) }
    let product = try builder.apply(name, [input, factor], part: "scale")
    let bias = builder.constant(try blobs[1].tensor(aligned, "bias", of: layer), "bias")
    builder.finish(try builder.apply("Add", [product, bias]))
  }
}
