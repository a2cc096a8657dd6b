import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Plans in floating point compute what the reference evaluation computes, on every instruction set.
@Suite struct FloatPlanTests {
  /// A convolution: its channels, window and groups.
  struct Case: CustomTestStringConvertible {
    var input: [Int]
    var output: Int
    var kernel = 1
    var stride = 1
    var pad = 0
    var dilation = 1
    var group = 1
    var activation = Activation.identity
    var testDescription: String {
      "\(input) to \(output), kernel \(kernel), stride \(stride), pad \(pad), group \(group)"
    }
  }

  static let convolutions = [
    Case(input: [1, 3, 9, 7], output: 5, kernel: 3, stride: 2, pad: 1, activation: .clip(lower: 0, upper: 6)),
    Case(input: [2, 17, 5, 6], output: 33), Case(input: [1, 8, 1, 1], output: 70, activation: .relu),
    Case(input: [3, 6, 8, 8], output: 9, kernel: 3, pad: 2, dilation: 2, group: 3),
    Case(input: [1, 19, 11, 10], output: 19, kernel: 3, stride: 1, pad: 1, group: 19),
    Case(input: [2, 70, 7, 9], output: 70, kernel: 3, stride: 2, pad: 1, group: 70, activation: .relu),
    Case(input: [1, 5, 12, 12], output: 5, kernel: 5, stride: 1, pad: 2, group: 5),
    Case(input: [1, 4, 20, 20], output: 12, kernel: 11, stride: 4, pad: 2),
    Case(input: [1, 64, 14, 14], output: 48, kernel: 3, pad: 1),
  ]

  @Test(arguments: convolutions) func `a convolution`(_ c: Case) throws {
    var net = try NetworkBuilder("conv", input: c.input)
    let y = try net.conv(
      net.input, "conv", channels: (c.input[1], c.output), kernel: c.kernel, stride: c.stride, pad: c.pad,
      dilation: c.dilation, group: c.group, activation: c.activation)
    try check(&net, [y])
  }

  @Test func `a residual block, in either order of the operands`() throws {
    for flipped in [false, true] {
      var net = try NetworkBuilder("residual", input: [2, 10, 6, 5])
      let a = try net.conv(net.input, "a", channels: (10, 21))
      let b = try net.conv(net.input, "b", channels: (10, 21), kernel: 3, pad: 1)
      var add = Add()
      add.activation = .relu
      let sum = net.apply(add, "sum", flipped ? [b, a] : [a, b])
      let last = try net.conv(sum, "c", channels: (21, 4))
      try check(&net, [last, sum])
    }
  }

  @Test func `operators between convolutions`() throws {
    let window = SpatialWindow(kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1])
    let channels = 13
    let cases: [(String, (inout NetworkBuilder, ValueID) throws -> ValueID)] = [
      ("maximum", { net, x in net.apply(MaxPool(window: window), "pool", [x]) }),
      ("average", { net, x in net.apply(AveragePool(window: window), "pool", [x]) }),
      ("average with padding", { net, x in net.apply(AveragePool(window: window, countsPadding: true), "pool", [x]) }),
      ("global average", { net, x in net.apply(GlobalAveragePool(), "pool", [x]) }),
      ("LRN", { net, x in net.apply(LRN(size: 5, alpha: 0.1, beta: 0.75, bias: 1.5), "lrn", [x]) }),
      ("relu", { net, x in net.apply(Relu(), "relu", [x]) }),
      ("leaky relu, by reference", { net, x in net.apply(LeakyRelu(alpha: 0.3), "leaky", [x]) }),
      ("concat", { net, x in net.apply(Concat(axis: 1), "concat", [x, x, net.apply(Relu(), "relu", [x])]) }),
      ("scale by channel", { net, x in net.apply(Mul(), "mul", [x, try net.constant("s", [channels, 1, 1])]) }),
      ("sum with itself", { net, x in net.apply(Add(), "add", [x, x]) }),
      ("product", { net, x in net.apply(Mul(), "mul", [x, net.apply(Sigmoid(), "sigmoid", [x])]) }),
      (
        "normalization",
        { net, x in
          let parameters = try ["scale", "bias", "mean"].map { try net.constant($0, [channels]) }
          let variance = try net.constant("variance", [channels], in: 0.5...2)
          let y = net.apply(BatchNormalization(), "norm", [x] + parameters + [variance])
          return net.apply(Relu(), "relu", [y])
        }
      ),
      (
        "transpose and softmax",
        { net, x in
          net.apply(Softmax(axis: -1), "softmax", [net.apply(Transpose(permutation: [0, 2, 3, 1]), "t", [x])])
        }
      ),
    ]
    for (name, body) in cases {
      var net = try NetworkBuilder(name, input: [2, 6, 7, 8])
      let x = try net.conv(net.input, "conv", channels: (6, channels))
      let y = try body(&net, x)
      try check(&net, [y], name)
    }
  }

  @Test func `a classifier's head`() throws {
    var net = try NetworkBuilder("head", input: [3, 5, 4, 4])
    let flat = net.apply(Flatten(axis: 1), "flat", [net.input])
    var gemm = Gemm(transB: true)
    gemm.activation = .relu
    let first = net.apply(gemm, "first", [flat, try net.constant("w", [37, 80]), try net.constant("b", [37])])
    let second = net.apply(MatMul(), "second", [first, try net.constant("v", [37, 10])])
    let softmax = net.apply(Softmax(axis: 1), "softmax", [second])
    try check(&net, [softmax, second])
  }

  @Test func `observed values are those of the reference`() throws {
    var net = try NetworkBuilder("observed", input: [2, 3, 6, 6])
    let a = try net.conv(net.input, "a", channels: (3, 9), kernel: 3, pad: 1, activation: .relu)
    let b = try net.conv(a, "b", channels: (9, 9))
    let sum = net.apply(Add(), "sum", [a, b])
    let graph = try net.finished([sum])
    let x = try net.sample()
    let expected = try ReferenceExecutor(graph).allValues([x])
    let executor = try Executor(try ExecutionPlan(graph, options: InferenceOptions(observed: [a, b, sum])))
    _ = try executor.run([x])
    for value in [a, b, sum] {
      let reference = try #require(expected[value]).floats
      let found = executor.withObserved(value) { elements in
        var planes = [Float](repeating: 0, count: reference.count)
        let plane = 36
        for pixel in 0..<elements.pixels {
          for channel in 0..<elements.channels {
            planes[(pixel / plane * elements.channels + channel) * plane + pixel % plane] =
              elements.elements[pixel * elements.stride + channel]
          }
        }
        return planes
      }
      let values = try #require(found)
      #expect(zip(values, reference).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
    }
  }

  private func check(_ net: inout NetworkBuilder, _ outputs: [ValueID], _ comment: String = "") throws {
    let graph = try net.finished(outputs)
    let x = try net.sample()
    let expected = try ReferenceExecutor(graph).run([x])
    for set in InstructionSet.supported {
      let plan = try ExecutionPlan(graph, options: InferenceOptions(instructionSet: set))
      for threads in [1, 2] {
        let results = try Executor(plan, threads: threads).run([x])
        for (result, reference) in zip(results, expected) {
          let difference = result.difference(from: reference, relative: 1e-4, absolute: 1e-4)
          #expect(difference == nil, "\(comment) with \(set.rawValue) and \(threads) threads")
        }
      }
    }
  }
}
