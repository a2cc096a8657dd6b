import Graphs
import Tensors

/// Other extents for the same elements, in all axes or some.
enum CaffeReshape: CaffeLayerConverter {
  static let types = ["Reshape"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.reshapeParam
    let input = try builder.bottom()
    let shape = builder.shape(input)
    // A negative axis counts from behind the last axis here.
    let first = try layer.axis(parameters.axis, below: shape.rank + 1)
    let count = parameters.numAxes == -1 ? shape.rank - first : Int(parameters.numAxes)
    guard count >= 0, count <= shape.rank - first else {
      throw layer.error(.invalidModel, "there are no \(parameters.numAxes) axes from axis \(first) of \(shape) on")
    }
    var target = [Int64](repeating: 0, count: first)
    for (position, extent) in parameters.shape.dim.enumerated() {
      guard extent == 0, position > 0 || first > 0 || count < shape.rank else {
        target.append(extent)
        continue
      }
      guard position < count else {
        throw layer.error(.invalidModel, "extent 0 at \(position) has nothing to keep", remedy: "give a number")
      }
      target.append(Int64(shape[first + position]))
    }
    target += shape.dimensions.dropFirst(first + count).map(Int64.init)
    builder.finish(try builder.apply("Reshape", [input, builder.constant(Tensor(vector: target), "shape")]))
  }
}
