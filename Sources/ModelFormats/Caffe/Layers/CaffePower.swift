import Graphs
import Tensors

/// (shift + scale * x) ^ power of each element.
enum CaffePower: CaffeLayerConverter {
  static let types = ["Power"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.powerParam
    var steps: [(operatorName: String, number: Float)] = []
    if parameters.scale != 1 { steps.append(("Mul", parameters.scale)) }
    if parameters.shift != 0 { steps.append(("Add", parameters.shift)) }
    if parameters.power != 1 { steps.append(("Pow", parameters.power)) }
    var value = try builder.bottom()
    for (index, step) in steps.enumerated() {
      let number = builder.constant(Tensor(scalar: step.number), step.operatorName.lowercased())
      let part = index == steps.count - 1 ? nil : step.operatorName.lowercased()
      value = try builder.apply(step.operatorName, [value, number], part: part)
    }
    builder.finish(value)
  }
}
