import Graphs
import Tensors

/// Matrix product of the axes from one on, flattened, with weights.
enum CaffeInnerProduct: CaffeLayerConverter {
  static let types = ["InnerProduct"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.innerProductParam
    var input = try builder.bottom()
    let shape = builder.shape(input)
    let axis = try layer.axis(parameters.axis, below: shape.rank)
    let outputs = Int(parameters.numOutput)
    let count: Int
    do {
      count = try Shape(Array(shape.dimensions.dropFirst(axis))).elementCount
    } catch { throw layer.error(.invalidModel, error.message) }
    let blobs = try builder.blobs(parameters.biasTerm ? 2 : 1, of: layer)
    let weights = try blobs[0].tensor(
      parameters.transpose ? [count, outputs] : [outputs, count], "weights", of: layer)
    if shape.rank != 2 || axis != 1 {
      input = try builder.apply("Flatten", [input], ["axis": .integer(Int64(axis))], part: "flatten")
    }
    var inputs = [input, builder.constant(weights, "weights")]
    if parameters.biasTerm {
      inputs.append(builder.constant(try blobs[1].tensor([outputs], "bias", of: layer), "bias"))
    }
    let attributes: [String: AttributeValue] = parameters.transpose ? [:] : ["transB": .integer(1)]
    guard axis != 1 else { return builder.finish(try builder.apply("Gemm", inputs, attributes)) }
    let product = try builder.apply("Gemm", inputs, attributes, part: "product")
    let target = shape.dimensions.prefix(axis).map(Int64.init) + [Int64(outputs)]
    builder.finish(try builder.apply("Reshape", [product, builder.constant(Tensor(vector: target), "shape")]))
  }
}
