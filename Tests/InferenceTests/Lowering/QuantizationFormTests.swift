import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Forms of quantization that graphs from outside may have, whether there is a fast step for them or not.
@Suite struct QuantizationFormTests {
  /// Builds a network behind its input and gives its outputs.
  struct Form: CustomTestStringConvertible {
    let testDescription: String
    let build: @Sendable (inout Network, _ input: ValueID) throws -> [ValueID]

    init(_ name: String, _ build: @escaping @Sendable (inout Network, ValueID) throws -> [ValueID]) {
      testDescription = name
      self.build = build
    }
  }

  static let forms = [
    Form("dequantized by another scale") { net, x in
      let scales = [net.constant(0.02 as Float), net.constant(0.05 as Float)]
      let point = net.constant(117 as UInt8)
      let y = net.add(DequantizeLinear(), net.add(QuantizeLinear(), x, scales[0], point), scales[1], point)
      return try [y, net.conv(y, 5)]
    },
    Form("no zero point, uint8") { net, x in
      let scale = net.constant(0.02 as Float)
      let y = net.add(DequantizeLinear(), net.add(QuantizeLinear(), x, scale), scale)
      return try [y, net.conv(y, 5)]
    },
    Form("no zero point, int8") { net, x in
      let scale = net.constant(0.02 as Float)
      let y = net.add(DequantizeLinear(), net.add(QuantizeLinear(elementType: .int8), x, scale), scale)
      return try [y, net.conv(y, 5)]
    },
    Form("a zero point on one side only") { net, x in
      let scale = net.constant(0.02 as Float)
      let y = net.add(DequantizeLinear(), net.add(QuantizeLinear(), x, scale, net.constant(-128 as Int8)), scale)
      return try [y, net.conv(y, 5)]
    },
    Form("integers as the result") { net, x in
      let scale = net.constant(0.02 as Float)
      let integers = net.add(QuantizeLinear(), x, scale, net.constant(9 as Int8))
      let bytes = net.add(QuantizeLinear(), try net.conv(x, 3), net.constant(0.1 as Float), net.constant(90 as UInt8))
      return [integers, bytes]
    },
    Form("operators on integers") { net, x in
      let (scale, point) = (net.constant(0.02 as Float), net.constant(100 as UInt8))
      let integers = net.add(QuantizeLinear(), x, scale, point)
      let pooled = net.add(MaxPool(window: .init(kernel: [2, 2])), integers)
      return try [pooled, net.conv(net.add(DequantizeLinear(), pooled, scale, point), 5)]
    },
    Form("two dequantizations of one tensor") { net, x in
      let (scale, point) = (net.constant(0.02 as Float), net.constant(100 as UInt8))
      let integers = net.add(QuantizeLinear(), x, scale, point)
      let first = try net.conv(net.add(DequantizeLinear(), integers, scale, point), 5)
      let second = try net.conv(net.add(DequantizeLinear(), integers, scale, point), 5, kernel: [1, 1])
      return [try net.quantize(net.add(Add(), first, net.quantize(second)))]
    },
    Form("two quantizations of one tensor") { net, x in
      let y = try net.conv(net.quantize(x), 5)
      return try [net.quantize(y), net.quantize(y, (0.05, net.isSigned ? -20 : 100))]
    },
    Form("a scale a channel") { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [0.01, 0.02, 0.03, 0.04] as [Float]))
      let points = net.graph.addConstant("points", Tensor(vector: [90, 100, 110, 120] as [UInt8]))
      let y = net.add(DequantizeLinear(), net.add(QuantizeLinear(), x, scales, points), scales, points)
      return try [y, net.conv(y, 5)]
    },
    Form("16 bits") { net, x in
      let (scale, point) = (net.constant(0.0001 as Float), net.constant(-7 as Int16))
      let y = net.add(DequantizeLinear(), net.add(QuantizeLinear(), x, scale, point), scale, point)
      return try [y, net.conv(y, 5)]
    },
    Form("three axes") { net, x in
      let shape = net.graph.addConstant("shape", Tensor(vector: [0, 0, -1] as [Int64]))
      return [net.add(Relu(), try net.quantize(net.add(Reshape(), x, shape)))]
    },
    Form("weights with one scale") { net, x in
      let integers = net.graph.addConstant(
        "integers", try net.random.tensor([6, 4, 3, 3], in: -99...99).converted(to: .int8))
      let weights = net.add(DequantizeLinear(), integers, net.constant(0.01 as Float), net.constant(0 as Int8))
      return [try net.quantize(net.add(Conv(window: .init(kernel: [3, 3])), net.quantize(x), weights))]
    },
    Form("weights with a zero point") { net, x in
      let integers = net.graph.addConstant(
        "integers", try net.random.tensor([6, 4, 3, 3], in: 0...255).converted(to: .uint8))
      let weights = net.add(DequantizeLinear(), integers, net.constant(0.01 as Float), net.constant(131 as UInt8))
      return [try net.quantize(net.add(Conv(window: .init(kernel: [3, 3])), net.quantize(x), weights))]
    },
    Form("weights with a scale an input channel") { net, x in
      let weights = try net.quantizedWeights([6, 4, 3, 3], axis: 1)
      return [try net.quantize(net.add(Conv(window: .init(kernel: [3, 3])), net.quantize(x), weights))]
    },
    Form("weights alone") { net, x in [try net.conv(x, 6)] },
    Form("a quantized bias") { net, x in
      let weights = try net.quantizedWeights([6, 4, 3, 3], axis: 0)
      let integers = net.graph.addConstant(
        "integers", try net.random.tensor([6], in: -9000...9000).converted(to: .int32))
      let bias = net.add(DequantizeLinear(), integers, net.constant(0.0001 as Float))
      return [try net.quantize(net.add(Conv(window: .init(kernel: [3, 3])), net.quantize(x), weights, bias))]
    },
    Form("probabilities") { net, x in
      let pooled = try net.quantize(net.add(GlobalAveragePool(), net.quantize(x)))
      let product = net.add(Gemm(), net.add(Flatten(), pooled), try net.quantizedWeights([4, 40], axis: 1))
      return [net.add(Softmax(axis: 1), try net.quantize(product))]
    },
  ]

  @Test(arguments: forms, [false, true]) func `is understood`(_ form: Form, isSigned: Bool) throws {
    var net = try Network([2, 4, 6, 7], seed: 5, isSigned: isSigned)
    let outputs = try form.build(&net, net.x)
    var graph = net.graph
    graph.outputs = outputs
    try graph.inferTypes()
    let expected = try ReferenceExecutor(graph).run([net.input])
    for set in InstructionSet.supported {
      for (result, reference) in zip(try Execution.run(graph, [net.input], on: set), expected) {
        let exact = 1e-5 * max(reference.magnitude, 1)
        let step = reference.elementType.isInteger ? 1 : Double(net.step)
        #expect(result.difference(from: reference, absolute: max(1.01 * step, exact)) == nil, "\(set)")
        let others = zip(result.doubles, reference.doubles).count { abs($0 - $1) > exact }
        #expect(others <= 1, "\(set)")
      }
    }
  }

  /// 70000 products of 255 and 127 exceed int32; the sum must come out all the same.
  @Test func `sums that leave the range of int32`() throws {
    let depth = 70_000
    var net = try Network([1, depth], range: 0.99...1)
    let x = try net.quantize(net.x, (1.0 / 255, 0))
    let integers = try Tensor(shape: Shape([depth, 2]), [Int8](repeating: 127, count: 2 * depth))
    let weights = net.add(DequantizeLinear(), net.graph.addConstant("w", integers), net.constant(0.01 as Float))
    let output = net.add(MatMul(), x, weights)
    let graph = try net.finished(output)
    let expected = try ReferenceExecutor(graph).run([net.input])[0]
    #expect(expected.magnitude > 80_000)
    for set in InstructionSet.supported {
      let result = try Execution.run(graph, [net.input], on: set)[0]
      #expect(result.difference(from: expected, relative: 0.01) == nil, "\(set)")
    }
  }
}
