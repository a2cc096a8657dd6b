import Graphs
import Quantization
import Tensors
import _TestSupport

/// Small networks with weights that follow from a seed.
struct ExampleNets {
  private(set) var graph: Graph
  private var generator = SeededGenerator(seed: 20)

  init(_ name: String) { graph = Graph(name: name) }

  mutating func input(_ extents: [Int]) throws -> ValueID {
    graph.addInput("x", ValueType(.float32, try Shape(extents)))
  }

  mutating func weights(_ name: String, _ extents: [Int]) throws -> ValueID {
    let size = Float(max(extents.dropFirst().reduce(1, *), 1))
    let bound = 2 / size.squareRoot()
    return graph.addConstant(name, try generator.tensor(extents, in: -bound...bound))
  }

  mutating func conv(
    _ name: String, _ x: ValueID, _ inputs: Int, _ outputs: Int, kernel: Int = 1, stride: Int = 1, group: Int = 1,
    _ activation: Activation = .identity
  ) throws -> ValueID {
    let parameters = [
      try weights("\(name).w", [outputs, inputs / group, kernel, kernel]), try weights("\(name).b", [outputs]),
    ]
    let window = SpatialWindow(
      kernel: [kernel, kernel], strides: [stride, stride], pads: .init(repeating: kernel / 2, count: 4))
    return graph.append(
      Conv(window: window, group: group, activation: activation), name: name, inputs: [x] + parameters)[0]
  }

  mutating func append(_ op: any Operator, _ name: String, _ inputs: ValueID...) -> ValueID {
    graph.append(op, name: name, inputs: inputs)[0]
  }

  mutating func gemm(_ name: String, _ x: ValueID, _ depth: Int, _ columns: Int) throws -> ValueID {
    let parameters = [try weights("\(name).w", [columns, depth]), try weights("\(name).b", [columns])]
    return graph.append(Gemm(transB: true), name: name, inputs: [x] + parameters)[0]
  }

  /// The graph with an output and its types.
  mutating func finished(_ output: ValueID...) throws -> Graph {
    var graph = graph
    graph.outputs = output
    try graph.inferTypes()
    try graph.validate()
    return graph
  }

  /// conv, depthwise, two residual blocks, pooling, gemm, softmax: a small MobileNetV2.
  static func mobile() throws -> Graph {
    var net = ExampleNets("mobile")
    let x = try net.input([1, 3, 12, 12])
    var y = try net.conv("stem", x, 3, 8, kernel: 3, stride: 2, .clip(lower: 0, upper: 6))
    for block in ["block1", "block2"] {
      let expanded = try net.conv("\(block).expand", y, 8, 16, .relu)
      let spread = try net.conv("\(block).depthwise", expanded, 16, 16, kernel: 3, group: 16, .relu)
      let projected = try net.conv("\(block).project", spread, 16, 8)
      y = net.append(Add(), "\(block).add", y, projected)
    }
    let pooled = net.append(GlobalAveragePool(), "pool", y)
    let flat = net.append(Flatten(), "flatten", pooled)
    let logits = try net.gemm("classifier", flat, 8, 5)
    return try net.finished(net.append(Softmax(axis: 1), "softmax", logits))
  }

  /// Samples of uniform numbers, different for each number.
  static func samples(_ count: Int, _ extents: [Int], in range: ClosedRange<Float> = -1...1) -> CalibrationSamples {
    CalibrationSamples(count: count) { index in
      var generator = SeededGenerator(seed: UInt64(index + 1))
      return [try generator.tensor(extents, in: range)]
    }
  }
}
