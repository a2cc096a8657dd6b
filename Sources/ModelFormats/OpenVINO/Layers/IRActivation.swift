import Graphs
import Tensors

/// Functions of one number.
enum IRActivation: IRLayerReader, IRNodeWriter {
  /// Layers without attributes and the operators that they are.
  private static let plain: [(type: String, opset: String, op: any Operator.Type)] = [
    ("Abs", "opset1", Abs.self), ("Exp", "opset1", Exp.self), ("HSwish", "opset4", HardSwish.self),
    ("Negative", "opset1", Neg.self), ("ReLU", "opset1", Relu.self), ("Sigmoid", "opset1", Sigmoid.self),
    ("Sqrt", "opset1", Sqrt.self), ("Tanh", "opset1", Tanh.self),
  ]

  static let types = plain.map(\.type) + ["Clamp", "Elu", "HardSigmoid", "HSigmoid", "PReLU", "Swish"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let input = try builder.input(0)
    if let known = plain.first(where: { $0.type == layer.type }) {
      return builder.set(try builder.apply(known.op.name, [input]))
    }
    switch layer.type {
    case "Clamp":
      let (lower, upper) = (try layer.float("min"), try layer.float("max"))
      let bounds = [("min", lower), ("max", upper)].map { suffix, bound in
        bound.isFinite ? builder.add(Tensor(scalar: bound), suffix) : nil
      }
      builder.set(try builder.apply("Clip", [input] + bounds))
    case "Elu": builder.set(try builder.apply("Elu", [input], ["alpha": .float(try layer.float("alpha"))]))
    case "HSigmoid":
      builder.set(try builder.apply("HardSigmoid", [input], ["alpha": .float(1 / 6), "beta": .float(0.5)]))
    case "HardSigmoid":
      let (alpha, beta) = (try number(1, "alpha", layer, builder), try number(2, "beta", layer, builder))
      builder.set(try builder.apply("HardSigmoid", [input], ["alpha": .float(alpha), "beta": .float(beta)]))
    case "PReLU": builder.set(try leaky(input, layer, &builder))
    default:
      // Swish: x times the sigmoid of beta x.
      let beta = builder.inputCount > 1 ? try number(1, "beta", layer, builder) : 1
      var inner = input
      if beta != 1 {
        inner = try builder.apply("Mul", [input, builder.add(Tensor(scalar: beta), "beta")], part: "scaled")
      }
      let gate = try builder.apply("Sigmoid", [inner], part: "gate")
      builder.set(try builder.apply("Mul", [input, gate]))
    }
  }

  private static func number(
    _ place: Int, _ what: String, _ layer: IRLayer, _ builder: IRGraphBuilder
  ) throws(ModelFormatError) -> Float {
    guard let tensor = try builder.constant(place), tensor.elementCount == 1 else {
      throw layer.error(.unsupportedFeature, "its \(what) is not one known number, which is not supported")
    }
    return tensor.floats[0]
  }

  /// One slope for all, or one for each index of the second axis.
  private static func leaky(
    _ input: ValueID, _ layer: IRLayer, _ builder: inout IRGraphBuilder
  ) throws(ModelFormatError) -> ValueID {
    guard let slope = try builder.constant(1) else { return try builder.apply("PRelu", [input, try builder.input(1)]) }
    if slope.elementCount == 1 {
      return try builder.apply("LeakyRelu", [input], ["alpha": .float(slope.floats[0])])
    }
    let shape = try builder.shape(0)
    guard slope.shape.rank == 1, shape.rank >= 2, shape[1] == slope.elementCount else {
      return try builder.apply("PRelu", [input, try builder.input(1)])
    }
    let extents = [slope.elementCount] + [Int](repeating: 1, count: shape.rank - 2)
    guard let spread = try? slope.reshaped(to: Shape(extents)) else {
      throw layer.error(.invalidModel, "its slope does not fit its input")
    }
    return try builder.apply("PRelu", [input, builder.add(spread, "slope")])
  }

  static let operators: [any Operator.Type] =
    plain.map(\.op) + [Clip.self, Elu.self, HardSigmoid.self, LeakyRelu.self, PRelu.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    if let known = plain.first(where: { $0.op.name == node.operatorName }) {
      return document.set(node, document.add(known.type, opset: known.opset, name: node.name, [input], gives: output))
    }
    let port: IRDocument.Port
    switch node.op {
    case let op as Elu: port = document.add("Elu", name: node.name, [("alpha", "\(op.alpha)")], [input], gives: output)
    case let op as HardSigmoid:
      let bounds = [("alpha", op.alpha), ("beta", op.beta)].map { suffix, number in
        document.add(Tensor(scalar: number).converted(to: output.elementType), named: "\(node.name)/\(suffix)")
      }
      port = document.add("HardSigmoid", name: node.name, [input] + bounds, gives: output)
    case let op as LeakyRelu:
      let slope = document.add(
        Tensor(vector: [op.alpha]).converted(to: output.elementType), named: "\(node.name)/slope")
      port = document.add("PReLU", name: node.name, [input, slope], gives: output)
    case let op as Clip: port = try clamp(op, node, input, output, &document)
    default: port = try slopes(node, input, output, &document)
    }
    document.set(node, port)
  }

  private static func clamp(
    _ op: Clip, _ node: Node, _ input: IRDocument.Port, _ output: ValueType, _ document: inout IRDocument
  ) throws(ModelFormatError) -> IRDocument.Port {
    if let activation = op.activation(document.operands(of: node)) {
      let bounds = activation.bounds
      let (lower, upper) = (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
      // Text cannot hold an infinity for Clamp; the largest number does the same.
      let limit = Float.greatestFiniteMagnitude
      return document.add(
        "Clamp", name: node.name, [("min", "\(max(lower, -limit))"), ("max", "\(min(upper, limit))")], [input],
        gives: output)
    }
    var port = input
    for (place, type) in [(1, "Maximum"), (2, "Minimum")] where place < node.inputs.count && node.inputs[place] != nil {
      let bound = try document.input(place, of: node)
      port = document.add(
        type, name: "\(node.name)/\(type)", [("auto_broadcast", "numpy")], [port, bound], gives: output)
    }
    return port
  }

  /// PRelu, whose slopes here are one for each index of the second axis or anything that can be spread; IR knows only the
  /// first, so the other is written out: max(x, 0) + slope * min(x, 0).
  private static func slopes(
    _ node: Node, _ input: IRDocument.Port, _ output: ValueType, _ document: inout IRDocument
  ) throws(ModelFormatError) -> IRDocument.Port {
    let shape = output.shape
    if let slope = document.constant(1, of: node),
      let (axis, numbers) = QuantizedConstant.spreadAlongAxis(slope, over: shape),
      axis == 1 || axis == nil
    {
      let vector = document.add(
        Tensor(vector: numbers).converted(to: output.elementType), named: "\(node.name)/slope")
      return document.add("PReLU", name: node.name, [input, vector], gives: output)
    }
    let zero = document.add(Tensor(scalar: Float(0)).converted(to: output.elementType), named: "\(node.name)/zero")
    let slope = try document.input(1, of: node)
    let broadcast = [("auto_broadcast", "numpy")]
    let above = document.add("Maximum", name: "\(node.name)/above", broadcast, [input, zero], gives: output)
    let below = document.add("Minimum", name: "\(node.name)/below", broadcast, [input, zero], gives: output)
    let scaled = document.add("Multiply", name: "\(node.name)/scaled", broadcast, [below, slope], gives: output)
    return document.add("Add", name: node.name, broadcast, [above, scaled], gives: output)
  }
}
