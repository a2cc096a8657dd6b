import Graphs
import Quantization
import Tensors
import Testing
import _TestSupport

/// Small networks with weights that follow from a seed.
struct ExampleNets {
  fileprivate(set) var graph: Graph
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

  mutating func normalization(_ name: String, _ x: ValueID, _ channels: Int) throws -> ValueID {
    var parameters: [ValueID] = []
    for suffix in ["scale", "bias", "mean"] { parameters.append(try weights("\(name).\(suffix)", [channels])) }
    let variance = graph.addConstant("\(name).variance", Tensor(vector: [Float](repeating: 2, count: channels)))
    return graph.append(
      BatchNormalization(activation: .relu), name: name, inputs: [x] + parameters + [variance])[0]
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

  /// A named network and the shape of its input.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let extents: [Int]
    let make: @Sendable () throws -> Graph

    var testDescription: String { name }

    init(_ name: String, _ extents: [Int], _ build: @escaping @Sendable (inout ExampleNets, ValueID) throws -> ValueID)
    {
      self.name = name
      self.extents = extents
      make = {
        var net = ExampleNets(name)
        let output = try build(&net, net.input(extents))
        return try net.finished(output)
      }
    }
  }

  static let all = [
    convolutionAndActivation, mobile, downsampling, concatenation, neighbours, matrixProducts, pooledFeatures,
    denseBlock, shuffling,
  ]

  static let convolutionAndActivation = Example("conv-relu", [1, 3, 8, 8]) { net, x in
    let a = try net.conv("a", x, 3, 4, kernel: 3, .relu)
    return net.append(Softmax(axis: 1), "softmax", try net.conv("b", a, 4, 2))
  }

  /// Convolution, depthwise convolutions, two residual blocks, pooling, Gemm, Softmax: a small MobileNetV2.
  static let mobile = Example("mobile", [1, 3, 12, 12]) { net, x in
    var y = try net.conv("stem", x, 3, 8, kernel: 3, stride: 2, .clip(lower: 0, upper: 6))
    for block in ["block1", "block2"] {
      let expanded = try net.conv("\(block).expand", y, 8, 16, .relu)
      let spread = try net.conv("\(block).depthwise", expanded, 16, 16, kernel: 3, group: 16, .relu)
      let projected = try net.conv("\(block).project", spread, 16, 8)
      y = net.append(Add(), "\(block).add", y, projected)
    }
    let flat = net.append(Flatten(), "flatten", net.append(GlobalAveragePool(), "pool", y))
    return net.append(Softmax(axis: 1), "softmax", try net.gemm("classifier", flat, 8, 5))
  }

  static let downsampling = Example("downsample", [1, 3, 8, 8]) { net, x in
    let shortcut = try net.conv("shortcut", x, 3, 4)
    let main = try net.conv("main", x, 3, 4, kernel: 3)
    return try net.conv("last", net.append(Add(), "add", shortcut, main), 4, 2)
  }

  static let concatenation = Example("concat", [1, 3, 8, 8]) { net, x in
    let a = try net.conv("a", x, 3, 2, .relu)
    let joined = net.append(Concat(axis: 1), "join", a, try net.conv("b", x, 3, 2, kernel: 3))
    let window = SpatialWindow(kernel: [2, 2], strides: [2, 2])
    let largest = net.append(MaxPool(window: window), "max", joined)
    return try net.conv("last", net.append(AveragePool(window: window), "average", largest), 4, 2)
  }

  /// Features that are joined, normalized and used again.
  static let denseBlock = Example("dense", [1, 3, 8, 8]) { net, x in
    let a = try net.conv("a", x, 3, 4, kernel: 3)
    let b = try net.conv("b", try net.normalization("first", a, 4), 4, 4, kernel: 3)
    let joined = net.append(Concat(axis: 1), "join", a, b)
    return try net.conv("last", try net.normalization("second", joined, 8), 8, 2)
  }

  /// Channels dealt out between grouped layers, and an activation on its own.
  static let shuffling = Example("shuffle", [1, 4, 6, 6]) { net, x in
    let a = try net.conv("a", x, 4, 8, group: 2)
    let split = net.graph.addConstant("split", Tensor(vector: [1, 2, 4, 6, 6] as [Int64]))
    let joined = net.graph.addConstant("joined", Tensor(vector: [1, 8, 6, 6] as [Int64]))
    let parts = net.append(Reshape(), "split", net.append(Relu(), "bend", a), split)
    let dealt = net.append(Transpose(permutation: [0, 2, 1, 3, 4]), "deal", parts)
    let b = try net.conv("b", net.append(Reshape(), "join", dealt, joined), 8, 8, kernel: 3, group: 8)
    let halves = net.graph.append(Split(axis: 1), name: "halves", inputs: [b], outputNames: ["left", "right"])
    let right = net.append(HardSwish(), "swish", try net.conv("c", halves[1], 4, 4))
    return try net.conv("last", net.append(Concat(axis: 1), "rejoin", halves[0], right), 8, 2)
  }

  /// Layers between operators that compute in floating point.
  static let neighbours = Example("neighbours", [1, 3, 8, 8]) { net, x in
    let bent = net.append(Sigmoid(), "bend", x)
    let a = try net.conv("a", bent, 3, 3)
    let scaled = net.append(Mul(), "scale", a, bent)
    return net.append(Add(), "add", scaled, try net.conv("b", a, 3, 3))
  }

  /// A MatMul, and a Gemm with factors and one summand for all columns.
  static let matrixProducts = Example("products", [2, 6]) { net, x in
    let product = net.append(MatMul(), "product", x, try net.weights("product.w", [6, 7]))
    let bent = net.append(Relu(), "bend", product)
    let (w, c) = (try net.weights("gemm.w", [7, 4]), try net.weights("gemm.c", [1]))
    return net.append(Gemm(alpha: 0.5, beta: 2), "gemm", bent, w, c)
  }

  /// A layer on all elements of an image.
  static let pooledFeatures = Example("features", [1, 3, 6, 6]) { net, x in
    let a = try net.conv("a", x, 3, 4, kernel: 3, .relu)
    let largest = net.append(MaxPool(window: SpatialWindow(kernel: [2, 2], strides: [2, 2])), "max", a)
    let flat = net.append(Flatten(), "flatten", largest)
    return try net.gemm("classifier", flat, 36, 5)
  }

  /// Samples of uniform numbers, different for each number.
  static func samples(_ count: Int, _ extents: [Int], in range: ClosedRange<Float> = -1...1) -> CalibrationSamples {
    CalibrationSamples(count: count) { index in
      var generator = SeededGenerator(seed: UInt64(index + 1))
      return [try generator.tensor(extents, in: range)]
    }
  }
}
