import Graphs
import Tensors
import _TestSupport

/// Builds small graphs for tests, with seeded random weights.
struct GraphExample {
  var graph: Graph
  var random: SeededGenerator
  /// What the next node reads.
  var last: ValueID
  var inputTypes: [ValueType] = []

  init(_ name: String, input: [Int], seed: UInt64 = 1) throws {
    graph = Graph(name: name)
    random = SeededGenerator(seed: seed)
    let type = ValueType(.float32, try Shape(input))
    last = graph.addInput("x", type)
    inputTypes = [type]
  }

  /// Appends a node that reads the last value and others.
  @discardableResult
  mutating func add(_ op: any Operator, _ name: String, _ others: [ValueID?] = []) -> ValueID {
    last = graph.append(op, name: name, inputs: [last] + others)[0]
    return last
  }

  /// Appends a node that reads the values given.
  @discardableResult
  mutating func apply(_ op: any Operator, _ name: String, _ inputs: [ValueID?]) -> ValueID {
    last = graph.append(op, name: name, inputs: inputs)[0]
    return last
  }

  mutating func weights(_ name: String, _ extents: [Int], in range: ClosedRange<Float> = -1...1) throws -> ValueID {
    graph.addConstant(name, try random.tensor(extents, in: range))
  }

  mutating func list(_ name: String, _ numbers: [Int64]) -> ValueID {
    graph.addConstant(name, Tensor(vector: numbers))
  }

  mutating func conv(
    _ name: String, _ channels: (Int, Int), kernel: Int = 1, pad: Int = 0, stride: Int = 1, group: Int = 1,
    bias: Bool = false
  ) throws {
    let w = try weights(name + ".w", [channels.1, channels.0 / group, kernel, kernel])
    let b = bias ? try weights(name + ".b", [channels.1]) : nil
    let window = SpatialWindow(
      kernel: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad])
    add(Conv(window: window, group: group), name, bias ? [w, b] : [w])
  }

  mutating func batchNormalization(_ name: String, _ channels: Int) throws {
    add(
      BatchNormalization(epsilon: 1e-3), name,
      [
        try weights(name + ".scale", [channels], in: 0.5...2), try weights(name + ".bias", [channels]),
        try weights(name + ".mean", [channels]), try weights(name + ".variance", [channels], in: 0.5...2),
      ])
  }

  /// The graph with the last value as its output, and types inferred.
  mutating func finish() throws -> Graph {
    graph.outputs = [last]
    try graph.inferTypes()
    return graph
  }
}
