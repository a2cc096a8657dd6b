import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Quantized plans: within one step of the reference evaluation, and the same bit for bit on every instruction set,
/// with any number of threads, and in any batch.
@Suite struct QuantizedPlanTests {
  typealias Body = @Sendable (inout NetworkBuilder, ValueID) throws -> ValueID

  /// A network between a quantized input of 12 channels and a quantized output of scale 0.05.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: Body
  }

  static let cases = [
    Case(testDescription: "1x1 convolution with ReLU6") { net, x in
      try net.conv(x, "conv", channels: (12, 50), activation: .clip(lower: 0, upper: 6), quantized: true)
    },
    Case(testDescription: "3x3 convolution with stride and padding") { net, x in
      try net.conv(x, "conv", channels: (12, 17), kernel: 3, stride: 2, pad: 1, quantized: true)
    },
    Case(testDescription: "grouped convolution whose groups are no multiple of four") { net, x in
      try net.conv(x, "conv", channels: (12, 20), kernel: 3, pad: 1, group: 2, quantized: true)
    },
    Case(testDescription: "depthwise convolution") { net, x in
      try net.conv(x, "conv", channels: (12, 12), kernel: 3, pad: 1, group: 12, activation: .relu, quantized: true)
    },
    Case(testDescription: "depthwise convolution of stride 2 behind many channels") { net, x in
      let wide = try net.conv(x, "wide", channels: (12, 150), activation: .relu, quantized: true)
      let q = try net.quantized(wide, "wide", scale: 0.02, zeroPoint: 0)
      return try net.conv(q, "conv", channels: (150, 150), kernel: 3, stride: 2, pad: 1, group: 150, quantized: true)
    },
    Case(testDescription: "depthwise convolution of 5x5 with dilation") { net, x in
      try net.conv(x, "conv", channels: (12, 12), kernel: 5, pad: 4, dilation: 2, group: 12, quantized: true)
    },
    Case(testDescription: "residual block") { net, x in
      let wide = try net.conv(x, "wide", channels: (12, 40), activation: .relu, quantized: true)
      let q = try net.quantized(wide, "wide", scale: 0.03, zeroPoint: 0)
      let narrow = try net.conv(q, "narrow", channels: (40, 12), quantized: true)
      return net.apply(Add(), "sum", [narrow, x])
    },
    Case(testDescription: "sum of two convolutions, one quantized") { net, x in
      let a = try net.conv(x, "a", channels: (12, 12), quantized: true)
      let b = try net.quantized(
        try net.conv(x, "b", channels: (12, 12), kernel: 3, pad: 1, quantized: true), "b", scale: 0.0403147,
        zeroPoint: 120)
      var add = Add()
      add.activation = .relu
      return net.apply(add, "sum", [a, b])
    },
    Case(testDescription: "sum of two quantized tensors") { net, x in
      let b = try net.quantized(
        try net.conv(x, "b", channels: (12, 12), quantized: true), "b", scale: 0.0403147, zeroPoint: 120)
      return net.apply(Add(), "sum", [x, b])
    },
    Case(testDescription: "concat of unequal scales") { net, x in
      let b = try net.quantized(
        try net.conv(x, "b", channels: (12, 7), quantized: true), "b", scale: 0.0403147, zeroPoint: 120)
      return net.apply(Concat(axis: 1), "concat", [x, b])
    },
    Case(testDescription: "average pool") { net, x in
      net.apply(AveragePool(window: SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])), "pool", [x])
    },
    Case(testDescription: "average pool that counts padding") { net, x in
      net.apply(
        AveragePool(window: SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1]), countsPadding: true), "pool", [x])
    },
    Case(testDescription: "maximum pool in floats") { net, x in
      net.apply(MaxPool(window: SpatialWindow(kernel: [2, 2], strides: [2, 2])), "pool", [x])
    },
    Case(testDescription: "global average pool") { net, x in net.apply(GlobalAveragePool(), "pool", [x]) },
    Case(testDescription: "activation between quantizations") { net, x in net.apply(Relu(), "relu", [x]) },
    Case(testDescription: "signed tensors") { net, x in
      let a = try net.quantized(
        try net.conv(x, "a", channels: (12, 30), quantized: true), "a", scale: 0.05, zeroPoint: 128, signed: true)
      return try net.conv(a, "b", channels: (30, 6), kernel: 3, pad: 1, quantized: true)
    },
    Case(testDescription: "classifier") { net, x in
      let pooled = try net.quantized(
        net.apply(GlobalAveragePool(), "pool", [x]), "pool", scale: 0.0101733, zeroPoint: 100)
      let flat = net.apply(Flatten(axis: 1), "flat", [pooled])
      let weights = try net.quantizedWeights("w", [12, 33], axis: 1)
      return net.apply(MatMul(), "product", [flat, weights])
    },
  ]

  @Test(arguments: cases) func `a quantized network`(_ c: Case) throws {
    var net = try NetworkBuilder("quantized", input: [1, 12, 9, 10], seed: 7)
    let x = try net.quantized(net.input, "x", scale: 0.0151371, zeroPoint: 131)
    let y = try net.quantized(try c.body(&net, x), "y", scale: 0.0507313, zeroPoint: 99)
    let graph = try net.finished([y])
    let batched = try graph.settingBatchSize(3)
    let sample = try net.sample(batch: 3, in: -2...2)
    let expected = try ReferenceExecutor(batched).run([sample])[0].floats
    let first = try Executor(try ExecutionPlan(batched)).run([sample])[0].floats
    let steps = zip(first, expected).map { (($0 - $1) / 0.0507313).rounded() }
    #expect(steps.allSatisfy { abs($0) <= 1 })
    #expect(steps.count { $0 != 0 } <= max(2, steps.count / 100))
    for set in InstructionSet.supported {
      let options = InferenceOptions(instructionSet: set)
      for threads in 1...3 {
        #expect(
          try Executor(try ExecutionPlan(batched, options: options), threads: threads).run([sample])[0].floats == first,
          "\(set.rawValue), \(threads) threads")
      }
      let executor = try Executor(try ExecutionPlan(graph, options: options))
      let size = sample.elementCount / 3
      let alone = try (0..<3).flatMap { index in
        let image = Array(sample.floats[index * size..<(index + 1) * size])
        return try executor.run([Tensor(shape: try Shape([1, 12, 9, 10]), image)])[0].floats
      }
      #expect(alone == first, "\(set.rawValue), one by one")
    }
  }

  @Test func `fused steps leave no floats between quantized convolutions`() throws {
    var net = try NetworkBuilder("fused", input: [1, 12, 9, 10])
    let x = try net.quantized(net.input, "x", scale: 0.0151371, zeroPoint: 131)
    let wide = try net.quantized(
      try net.conv(x, "wide", channels: (12, 40), activation: .relu, quantized: true), "wide", scale: 0.03, zeroPoint: 0
    )
    let narrow = try net.conv(wide, "narrow", channels: (40, 12), quantized: true)
    let sum = try net.quantized(net.apply(Add(), "sum", [narrow, x]), "sum", scale: 0.04, zeroPoint: 128)
    let plan = try ExecutionPlan(try net.finished([sum]))
    #expect(plan.steps.map(\.operation) == ["QuantizeLinear", "Conv+ReLU", "Conv+Add", "DequantizeLinear", "Reorder"])
  }
}
