import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Plans of quantized graphs against the graphs' reference evaluation, and against each other.
@Suite struct QuantizedGraphTests {
  private struct Built {
    let graph: Graph
    let input: Tensor
    /// The scale of the last quantization.
    let step: Float
    /// Whether that gives the output.
    let isQuantized: Bool
    let hasHalves: Bool
  }

  private func build(_ testCase: QuantizedCase, isSigned: Bool) throws -> Built {
    var net = try Network(testCase.input, seed: 7, isSigned: isSigned)
    let output = try testCase.build(&net, net.quantize(net.x))
    return Built(
      graph: try net.finished(output), input: net.input, step: net.step,
      isQuantized: net.graph.nodes.last?.op is DequantizeLinear, hasHalves: testCase.hasHalves)
  }

  /// Checks that a result lies within a quantization step of the expected one, and nearly always meets it.
  private func check(
    _ result: Tensor, _ expected: Tensor, step: Float, isQuantized: Bool = true, hasHalves: Bool = false,
    _ context: String
  ) {
    #expect(result.difference(from: expected, absolute: 1.01 * Double(step)) == nil, "\(context)")
    guard !hasHalves else { return }
    let unit = isQuantized ? 0.5 * Double(step) : 1e-5 * expected.magnitude
    let others = zip(result.doubles, expected.doubles).count { abs($0 - $1) > unit }
    #expect(others <= 1 + expected.elementCount / 500, "\(others) of \(expected.elementCount) differ: \(context)")
  }

  @Test(arguments: QuantizedCase.all, [false, true])
  func `plans compute what the graph says`(_ testCase: QuantizedCase, isSigned: Bool) throws {
    let built = try build(testCase, isSigned: isSigned)
    let expected = try ReferenceExecutor(built.graph).run([built.input])[0]
    #expect(expected.magnitude > 0.001)
    var first: Tensor?
    for set in InstructionSet.supported {
      let plan = try ExecutionPlan(built.graph, options: InferenceOptions(instructionSet: set))
      #expect(plan.isLowered && plan.operations == testCase.operations, "\(plan.steps)")
      for threads in 1...3 {
        let result = try Executor(plan, threads: threads).run([built.input])[0]
        check(
          result, expected, step: built.step, isQuantized: built.isQuantized, hasHalves: built.hasHalves,
          "\(set), \(threads) threads")
        #expect(result == first ?? result, "\(set), \(threads) threads")
        first = result
      }
      if !testCase.isTheSameEverywhere { first = nil }
    }
  }

  @Test(arguments: QuantizedCase.all)
  func `an image alone gives what it gives in a batch`(_ testCase: QuantizedCase) throws {
    let built = try build(testCase, isSigned: false)
    let together = try Execution.run(built.graph, [built.input])[0]
    let alone = try built.graph.settingBatchSize(1)
    for index in 0..<testCase.input[0] {
      let result = try Execution.run(alone, [built.input.image(index)])[0]
      #expect(result == (try together.image(index)), "image \(index)")
    }
  }

  /// Windows, groups and tails of channels as they come.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `random convolutions`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let shape = ConvolutionShape(&random)
    var net = try Network(shape.input, seed: seed, isSigned: Bool.random(using: &random))
    let x = try net.quantize(net.x)
    var y = try net.conv(x, shape, activation: shape.activation)
    if shape.hasResidual {
      let other = try net.quantize(net.conv(x, shape))
      y = net.add(Add(), y, other)
    }
    let output = try net.quantize(y)
    let graph = try net.finished(output)
    let expected = try ReferenceExecutor(graph).run([net.input])[0]
    let results = try InstructionSet.supported.flatMap { set in
      try [1, 2].map { try Execution.run(graph, [net.input], on: set, threads: $0)[0] }
    }
    check(results[0], expected, step: net.step, "\(shape)")
    for result in results { #expect(result == results[0], "\(shape)") }
  }
}
