import Graphs
import Tensors
import _TestSupport

/// Builds small networks, in floating point or quantized, with seeded random weights.
struct NetworkBuilder {
  private(set) var graph: Graph
  private(set) var random: SeededGenerator
  let input: ValueID

  init(_ name: String, input extents: [Int], seed: UInt64 = 1) throws {
    graph = Graph(name: name)
    random = SeededGenerator(seed: seed)
    input = graph.addInput("x", ValueType(.float32, try Shape(extents)))
  }

  mutating func apply(_ op: any Operator, _ name: String, _ inputs: [ValueID?]) -> ValueID {
    graph.append(op, name: name, inputs: inputs)[0]
  }

  mutating func constant(_ name: String, _ extents: [Int], in range: ClosedRange<Float> = -1...1) throws -> ValueID {
    graph.addConstant(name, try random.tensor(extents, in: range))
  }

  /// A QuantizeLinear and a DequantizeLinear behind it.
  mutating func quantized(
    _ value: ValueID, _ name: String, scale: Float, zeroPoint: Int, signed: Bool = false
  ) throws -> ValueID {
    let step = graph.addConstant(name + ".scale", Tensor(scalar: scale))
    let point =
      signed
      ? graph.addConstant(name + ".zero", Tensor(scalar: Int8(zeroPoint - 128)))
      : graph.addConstant(name + ".zero", Tensor(scalar: UInt8(zeroPoint)))
    let q = apply(QuantizeLinear(), name + ".q", [value, step, point])
    return apply(DequantizeLinear(), name + ".dq", [q, step, point])
  }

  /// int8 weights behind a DequantizeLinear with one scale for each index of the axis.
  mutating func quantizedWeights(_ name: String, _ extents: [Int], axis: Int = 0) throws -> ValueID {
    let count = extents.reduce(1, *)
    let elements = (0..<count).map { _ in Int8(clamping: Int.random(in: -127...127, using: &random)) }
    let scales = (0..<extents[axis]).map { _ in Float.random(in: 0.002...0.02, using: &random) }
    let weights = graph.addConstant(name, try Tensor(shape: try Shape(extents), elements))
    let scale = graph.addConstant(name + ".scales", Tensor(vector: scales))
    return apply(DequantizeLinear(axis: axis), name + ".dq", [weights, scale])
  }

  mutating func conv(
    _ value: ValueID, _ name: String, channels: (Int, Int), kernel: Int = 1, stride: Int = 1, pad: Int = 0,
    dilation: Int = 1, group: Int = 1, activation: Activation = .identity, quantized: Bool = false
  ) throws -> ValueID {
    let extents = [channels.1, channels.0 / group, kernel, kernel]
    let weights = try quantized ? quantizedWeights(name + ".w", extents) : constant(name + ".w", extents)
    let bias = try constant(name + ".b", [channels.1])
    let window = SpatialWindow(
      kernel: [kernel, kernel], strides: [stride, stride], dilations: [dilation, dilation], pads: [pad, pad, pad, pad])
    return apply(Conv(window: window, group: group, activation: activation), name, [value, weights, bias])
  }

  /// The graph with its types, giving some values.
  mutating func finished(_ outputs: [ValueID]) throws -> Graph {
    graph.outputs = outputs
    try graph.inferTypes()
    try graph.validate()
    return graph
  }

  /// A random input of the graph's type.
  mutating func sample(batch: Int? = nil, in range: ClosedRange<Float> = -1...1) throws -> Tensor {
    var extents = graph.type(of: input)?.shape.dimensions ?? []
    if let batch { extents[0] = batch }
    return try random.tensor(extents, in: range)
  }
}
