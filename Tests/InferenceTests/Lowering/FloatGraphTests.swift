import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Plans in floats compute what the graph's reference evaluation computes, on every instruction set.
@Suite struct FloatGraphTests {
  private func check(_ graph: Graph, _ input: Tensor, _ testPlan: (ExecutionPlan) -> Void) throws {
    let expected = try ReferenceExecutor(graph).run([input])[0]
    for set in InstructionSet.supported {
      let plan = try ExecutionPlan(graph, options: InferenceOptions(instructionSet: set))
      testPlan(plan)
      for threads in [1, 3] {
        let result = try Executor(plan, threads: threads).run([input])[0]
        let difference = result.difference(from: expected, relative: 1e-5, absolute: 2e-6 * max(expected.magnitude, 1))
        #expect(difference == nil, "\(set), \(threads) threads")
      }
    }
  }

  @Test(arguments: FloatCase.all) func `plans compute what the graph says`(_ testCase: FloatCase) throws {
    var net = try Network(testCase.input, seed: 3)
    let output = try testCase.build(&net, net.x)
    try check(net.finished(output), net.input) { plan in
      #expect(plan.operations == testCase.operations && plan.isLowered == testCase.isLowered, "\(plan.steps)")
    }
  }

  /// Windows, groups and tails of channels as they come.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `random convolutions`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let shape = ConvolutionShape(&random)
    var net = try Network(shape.input, seed: seed)
    let y = try net.conv(net.x, shape, activation: shape.activation, quantized: false)
    let output = shape.hasResidual ? net.add(Add(), y, try net.conv(net.x, shape, quantized: false)) : y
    try check(net.finished(output), net.input) { #expect($0.isLowered, "\(shape)") }
  }

  @Test func `a network may give many values`() throws {
    var net = try Network([2, 5, 6, 7])
    let y = try net.conv(net.x, 9, quantized: false)
    let sum = net.add(Add(), y, try net.conv(net.x, 9, kernel: [1, 1], quantized: false))
    let constant = try net.weights([3])
    let positive = net.add(Relu(), y)
    let graph = try net.finished(sum, net.x, y, constant, sum, positive)
    let results = try Execution.run(graph, [net.input])
    let expected = try ReferenceExecutor(graph).run([net.input])
    #expect(results.count == 6 && results[1] == net.input)
    for (result, reference) in zip(results, expected) {
      #expect(result.difference(from: reference, absolute: 1e-5) == nil)
    }
  }

  /// Everything but float32 is left to the reference evaluation, and comes out as its type.
  @Test(arguments: [ElementType.float64, .float16, .int32, .uint8, .int64, .bool])
  func `other element types`(_ type: ElementType) throws {
    var graph = Graph(name: "types")
    let shape = try Shape([2, 3, 4])
    let x = graph.addInput("x", ValueType(type, shape))
    let flat = graph.append(Flatten(), name: "flat", inputs: [x])[0]
    let turned = graph.append(Transpose(), name: "turn", inputs: [flat])[0]
    let floats = graph.append(Cast(to: .float32), name: "cast", inputs: [turned])[0]
    graph.outputs = [turned, graph.append(Relu(), name: "relu", inputs: [floats])[0]]
    try graph.inferTypes()
    let input = try Tensor(shape: shape, (0..<24).map { Float($0 % 5) }).converted(to: type)
    #expect(try Execution.run(graph, [input]) == ReferenceExecutor(graph).run([input]))
  }

  @Test func `what is not a number stays so`() throws {
    var net = try Network([1, 3, 4, 5])
    let output = net.add(Relu(), net.add(Add(), net.x, net.x))
    let graph = try net.finished(output)
    var elements = net.input.floats
    elements[7] = .nan
    elements[8] = -.infinity
    let input = try Tensor(shape: net.input.shape, elements)
    let expected = try ReferenceExecutor(graph).run([input])[0]
    for set in InstructionSet.supported {
      #expect(try Execution.run(graph, [input], on: set)[0].difference(from: expected) == nil, "\(set)")
    }
  }
}
