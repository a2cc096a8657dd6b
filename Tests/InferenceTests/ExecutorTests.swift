import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

@Suite struct ExecutorTests {
  /// A network of which every step is divided among threads.
  private static func network(isQuantized: Bool) throws -> (graph: Graph, input: Tensor) {
    var net = try Network([1, 24, 40, 40])
    func quantized(_ value: ValueID) throws -> ValueID { isQuantized ? try net.quantize(value) : value }
    let x = try quantized(net.x)
    let wide = try quantized(net.conv(x, 72, kernel: [1, 1], activation: .relu, quantized: isQuantized))
    let filtered = try quantized(net.depthwise(wide, quantized: isQuantized))
    let sum = try quantized(net.add(Add(), net.conv(filtered, 24, quantized: isQuantized), x))
    let window = SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])
    let joined = try quantized(net.add(Concat(axis: 1), sum, net.add(AveragePool(window: window), sum)))
    let normalized = try quantized(net.add(Relu(), net.batchNormalization(joined)))
    let mixed = try net.conv(normalized, 48, kernel: [1, 1], quantized: isQuantized)
    let parameters = try net.parameters(of: mixed)
    let dealt = try net.shuffle(isQuantized ? net.quantize(mixed, parameters) : mixed, groups: 4)
    let shuffled = try isQuantized ? net.quantize(dealt, parameters) : dealt
    let gate = try quantized(net.add(Sigmoid(), quantized(net.add(GlobalAveragePool(), shuffled))))
    let pooled = net.add(GlobalAveragePool(), try quantized(net.add(Mul(), shuffled, gate)))
    let weights = try isQuantized ? net.quantizedWeights([48, 30], axis: 1) : net.weights([48, 30])
    let output = net.add(Softmax(), net.add(Gemm(), try quantized(net.add(Flatten(), pooled)), weights))
    return (try net.finished(output), net.input)
  }

  @Test(arguments: [false, true], [1, 2, 3]) func `repeated runs give the same`(isQuantized: Bool, threads: Int) throws
  {
    let (graph, input) = try Self.network(isQuantized: isQuantized)
    let executor = try Executor(ExecutionPlan(graph), threads: threads)
    #expect(executor.threads == threads)
    let expected = try executor.run([input])[0]
    for _ in 0..<100 {
      try executor.execute()
      try #require(try executor.output(0) == expected)
    }
    #expect(try Execution.run(graph, [input])[0] == expected)
  }

  /// In a process of its own, since other tests would take memory at the same time.
  @Test(arguments: [false, true], [1, 2]) func `runs leave no memory behind`(isQuantized: Bool, threads: Int) async {
    await #expect(processExitsWith: .success) { [isQuantized, threads] in
      let (graph, input) = try Self.network(isQuantized: isQuantized)
      let plan = try ExecutionPlan(graph)
      try #require(plan.isLowered)
      let executor = try Executor(plan, threads: threads)
      _ = try executor.run([input])
      for _ in 0..<3 { try executor.execute() }
      guard let heap = HeapUsage() else { return }
      let before = heap.byteCount()
      try #require(before > plan.arenaByteCount)
      for _ in 0..<100 { try executor.execute() }
      let grown = heap.byteCount() - before
      try #require(grown == 0)
    }
  }

  @Test func `a profile has a time for each step`() throws {
    let (graph, input) = try Self.network(isQuantized: true)
    let executor = try Executor(ExecutionPlan(graph), threads: 2)
    try executor.setInput(0, input)
    let seconds = try executor.profiledExecute()
    #expect(seconds.count == executor.plan.steps.count && seconds.allSatisfy { $0 >= 0 })
    #expect(try executor.output(0) == Execution.run(graph, [input])[0])
  }

  @Test func `executors share a plan and end with their threads`() throws {
    let (graph, input) = try Self.network(isQuantized: true)
    let plan = try ExecutionPlan(graph)
    let executors = try [1, 2, 3, 5].map { try Executor(plan, threads: $0) }
    let expected = try executors[0].run([input])
    for executor in executors { #expect(try executor.run([input]) == expected) }
    for threads in [2, 3, 5, 8] {
      for _ in 0..<5 { #expect(try Executor(plan, threads: threads).run([input]) == expected) }
    }
  }

  @Test(arguments: [(-3, 1), (0, 1), (1, 1), (1000, 256)]) func `threads are at least one`(asked: Int, given: Int)
    throws
  {
    var net = try Network([1, 2])
    let output = net.add(Relu(), net.x)
    #expect(try Executor(ExecutionPlan(net.finished(output)), threads: asked).threads == given)
  }

  @Test func `what is fed must be of the plan's types`() throws {
    let (graph, input) = try Self.network(isQuantized: false)
    let executor = try Executor(ExecutionPlan(graph))
    func isRefused(_ body: () throws -> Void) -> Bool {
      do { try body() } catch { return (error as? InferenceError)?.code == .wrongInput }
      return false
    }
    #expect(isRefused { _ = try executor.run([]) })
    #expect(isRefused { _ = try executor.run([input, input]) })
    #expect(isRefused { _ = try executor.run([Tensor(scalar: 1 as Float)]) })
    #expect(isRefused { _ = try executor.run([input.converted(to: .float64)]) })
    #expect(isRefused { _ = try executor.run([input.reshaped(to: Shape([24, 1, 40, 40]))]) })
    for index in [-1, 1] {
      #expect(isRefused { try executor.setInput(index, input) })
      #expect(isRefused { _ = try executor.output(index) })
    }
    #expect(try executor.run([input]).count == 1)
  }
}
