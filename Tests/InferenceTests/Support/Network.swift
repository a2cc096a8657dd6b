import Graphs
import Tensors
import _TestSupport

/// Builds small networks for tests, with seeded random weights and an input to run them on.
struct Network {
  var graph: Graph
  var random: SeededGenerator
  /// The value that is fed, and the tensor to feed.
  let x: ValueID
  let input: Tensor
  /// Whether `quantize` quantizes to int8, else to uint8.
  let isSigned: Bool
  /// The scale of the last quantization.
  private(set) var step: Float = 0
  private var count = 0

  init(_ extents: [Int], seed: UInt64 = 1, isSigned: Bool = false, range: ClosedRange<Float> = -1...1) throws {
    graph = Graph(name: "network")
    random = SeededGenerator(seed: seed)
    input = try random.tensor(extents, in: range)
    x = graph.addInput("x", ValueType(.float32, input.shape))
    self.isSigned = isSigned
  }

  /// Appends a node and gives its output.
  mutating func add(_ op: any Operator, _ inputs: ValueID?...) -> ValueID {
    count += 1
    return graph.append(op, name: "\(op.name)_\(count)", inputs: inputs)[0]
  }

  mutating func weights(_ extents: [Int], in range: ClosedRange<Float> = -1...1) throws -> ValueID {
    graph.addConstant("constant", try random.tensor(extents, in: range))
  }

  /// A scalar.
  mutating func constant(_ number: some TensorElement) -> ValueID {
    graph.addConstant("scalar", Tensor(scalar: number))
  }

  /// The extents of a value.
  func extents(_ value: ValueID) throws -> [Int] {
    var graph = graph
    try graph.inferTypes()
    return graph.type(of: value)?.shape.dimensions ?? []
  }

  // MARK: Quantization

  /// The scale and zero point of a value for the input, cutting off a little of its range.
  func parameters(of value: ValueID) throws -> (scale: Float, zeroPoint: Int) {
    var part = graph
    part.outputs = [value]
    let elements = try ReferenceExecutor(part).run([input])[0].floats
    let lower = 0.95 * min(elements.min() ?? 0, 0)
    let upper = 0.95 * max(elements.max() ?? 0, 0.1)
    let scale = (upper - lower) / 255
    return (scale, Int((-lower / scale).rounded()) - (isSigned ? 128 : 0))
  }

  /// A value through QuantizeLinear and DequantizeLinear, with parameters that fit it unless some are given.
  mutating func quantize(_ value: ValueID, _ given: (scale: Float, zeroPoint: Int)? = nil) throws -> ValueID {
    let (number, point) = try given ?? parameters(of: value)
    step = number
    let scale = graph.addConstant("scale", Tensor(scalar: number))
    let zeroPoint = graph.addConstant(
      "zero_point", isSigned ? Tensor(scalar: Int8(clamping: point)) : Tensor(scalar: UInt8(clamping: point)))
    return add(DequantizeLinear(), add(QuantizeLinear(), value, scale, zeroPoint), scale, zeroPoint)
  }

  /// int8 weights from -128 to 127 with one scale an index of an axis, behind a DequantizeLinear.
  mutating func quantizedWeights(_ extents: [Int], axis: Int) throws -> ValueID {
    let shape = try Shape(extents)
    let elements = (0..<shape.elementCount).map { _ in Int8.random(in: -128...127, using: &random) }
    let integers = graph.addConstant("integers", try Tensor(shape: shape, elements))
    return add(DequantizeLinear(axis: axis), integers, try weights([extents[axis]], in: 0.001...0.02))
  }

  // MARK: Layers

  /// A convolution of a value [N, C, H, W] with new weights and a bias.
  mutating func conv(
    _ value: ValueID, _ outputs: Int, kernel: [Int] = [3, 3], strides: [Int] = [1, 1], dilations: [Int] = [1, 1],
    pads: [Int]? = nil, group: Int = 1, activation: Activation = .identity, quantized: Bool = true
  ) throws -> ValueID {
    let shape = [outputs, try extents(value)[1] / group] + kernel
    let same = zip(kernel, dilations).map { ($0 - 1) * $1 / 2 }
    let window = SpatialWindow(kernel: kernel, strides: strides, dilations: dilations, pads: pads ?? same + same)
    return add(
      Conv(window: window, group: group, activation: activation), value,
      quantized ? try quantizedWeights(shape, axis: 0) : try weights(shape), try weights([outputs]))
  }

  /// A convolution of each channel alone.
  mutating func depthwise(
    _ value: ValueID, kernel: [Int] = [3, 3], strides: [Int] = [1, 1], dilations: [Int] = [1, 1], pads: [Int]? = nil,
    activation: Activation = .identity, quantized: Bool = true
  ) throws -> ValueID {
    let channels = try extents(value)[1]
    return try conv(
      value, channels, kernel: kernel, strides: strides, dilations: dilations, pads: pads, group: channels,
      activation: activation, quantized: quantized)
  }

  /// A normalization of each channel.
  mutating func batchNormalization(_ value: ValueID) throws -> ValueID {
    let channels = try extents(value)[1]
    let (scale, bias) = (try weights([channels]), try weights([channels]))
    let (mean, variance) = (try weights([channels]), try weights([channels], in: 0.5...2))
    return add(BatchNormalization(), value, scale, bias, mean, variance)
  }

  /// The channels of a value dealt out group by group; with parameters, each step between is quantized.
  mutating func shuffle(
    _ value: ValueID, groups: Int, quantized: (scale: Float, zeroPoint: Int)? = nil
  ) throws -> ValueID {
    let e = try extents(value).map(Int64.init)
    let parts = [0, Int64(groups), e[1] / Int64(groups), e[2], e[3]]
    let split = graph.addConstant("split", Tensor(vector: parts))
    let joined = graph.addConstant("joined", Tensor(vector: [0, e[1], e[2], e[3]]))
    var y = add(Reshape(), value, split)
    if let quantized { y = try quantize(y, quantized) }
    y = add(Transpose(permutation: [0, 2, 1, 3, 4]), y)
    if let quantized { y = try quantize(y, quantized) }
    return add(Reshape(), y, joined)
  }

  /// A convolution of a random shape.
  mutating func conv(
    _ value: ValueID, _ shape: ConvolutionShape, activation: Activation = .identity, quantized: Bool = true
  ) throws -> ValueID {
    try conv(
      value, shape.outputs, kernel: shape.kernel, strides: shape.strides, dilations: shape.dilations, pads: shape.pads,
      group: shape.group, activation: activation, quantized: quantized)
  }

  /// The graph with some outputs, types inferred.
  func finished(_ outputs: ValueID...) throws -> Graph {
    var graph = graph
    graph.outputs = outputs
    try graph.inferTypes()
    try graph.validate()
    return graph
  }
}
