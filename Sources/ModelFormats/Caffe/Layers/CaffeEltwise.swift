import Graphs
import Tensors

/// Sum (with a coefficient for each input), product or maximum of inputs of one shape.
enum CaffeEltwise: CaffeLayerConverter {
  static let types = ["Eltwise"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require(bottoms: 2...Int.max)
    let parameters = layer.parameter.eltwiseParam
    var inputs: [ValueID] = []
    for position in 0..<builder.bottomCount { inputs.append(try builder.bottom(position)) }
    let shape = builder.shape(inputs[0])
    guard let odd = inputs.first(where: { builder.shape($0) != shape }) else {
      return builder.finish(try combine(&inputs, parameters, layer, &builder))
    }
    throw layer.error(.invalidModel, "combines \(shape) with \(builder.shape(odd))", remedy: "make the shapes equal")
  }

  private static func combine(
    _ inputs: inout [ValueID], _ parameters: CaffeEltwiseParameter, _ layer: CaffeLayer,
    _ builder: inout CaffeGraphBuilder
  ) throws(ModelFormatError) -> ValueID {
    switch parameters.operation {
    case .max: return try builder.apply("Max", inputs)
    case .prod:
      var product = inputs[0]
      for (index, input) in inputs.enumerated().dropFirst() {
        product = try builder.apply(
          "Mul", [product, input], part: index == inputs.count - 1 ? nil : "product_\(index)")
      }
      return product
    case .sum:
      guard parameters.coeff.isEmpty || parameters.coeff.count == inputs.count else {
        throw layer.error(
          .invalidModel, "has \(parameters.coeff.count) coefficients for \(inputs.count) bottoms",
          remedy: "give one for each")
      }
      for (index, coefficient) in parameters.coeff.enumerated() where coefficient != 1 {
        let constant = builder.constant(Tensor(scalar: coefficient), "coefficient_\(index)")
        inputs[index] = try builder.apply("Mul", [inputs[index], constant], part: "scaled_\(index)")
      }
      return try builder.apply(inputs.count == 2 ? "Add" : "Sum", inputs)
    }
  }
}
