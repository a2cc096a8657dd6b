import Graphs
import Tensors

/// Functions of each element without weights.
enum CaffeActivation: CaffeLayerConverter {
  static let types = ["ReLU", "ReLU6", "Clip", "ELU", "Sigmoid", "TanH", "AbsVal"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let input = try builder.bottom()
    let parameters = layer.parameter
    switch layer.type {
    case "ReLU":
      let slope = parameters.reluParam.negativeSlope
      builder.finish(
        slope == 0
          ? try builder.apply("Relu", [input]) : try builder.apply("LeakyRelu", [input], ["alpha": .float(slope)]))
    case "ReLU6": builder.finish(try clip(input, 0, 6, &builder))
    case "Clip":
      let (lower, upper) = (parameters.clipParam.min, parameters.clipParam.max)
      guard parameters.clipParam.hasMin, parameters.clipParam.hasMax, lower <= upper else {
        throw layer.error(.invalidModel, "needs min and max in order", remedy: "give both")
      }
      builder.finish(try clip(input, lower, upper, &builder))
    case "ELU": builder.finish(try builder.apply("Elu", [input], ["alpha": .float(parameters.eluParam.alpha)]))
    case "Sigmoid": builder.finish(try builder.apply("Sigmoid", [input]))
    case "TanH": builder.finish(try builder.apply("Tanh", [input]))
    default: builder.finish(try builder.apply("Abs", [input]))
    }
  }

  private static func clip(
    _ input: ValueID, _ lower: Float, _ upper: Float, _ builder: inout CaffeGraphBuilder
  ) throws(ModelFormatError) -> ValueID {
    let bounds = [
      builder.constant(Tensor(scalar: lower), "min"), builder.constant(Tensor(scalar: upper), "max"),
    ]
    return try builder.apply("Clip", [input] + bounds)
  }
}
