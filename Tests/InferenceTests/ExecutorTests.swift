import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

@Suite struct ExecutorTests {
  private func smallNetwork() throws -> (Graph, Tensor) {
    var net = try NetworkBuilder("small", input: [1, 16, 24, 24])
    let a = try net.conv(net.input, "a", channels: (16, 40), kernel: 3, pad: 1, activation: .relu)
    let b = try net.conv(a, "b", channels: (40, 40), kernel: 3, pad: 1, group: 40)
    let pooled = net.apply(GlobalAveragePool(), "pool", [b])
    let flat = net.apply(Flatten(axis: 1), "flat", [pooled])
    let softmax = net.apply(Softmax(axis: 1), "softmax", [flat])
    return (try net.finished([softmax]), try net.sample())
  }

  @Test func `what is fed must be of the plan's types`() throws {
    let (graph, sample) = try smallNetwork()
    let executor = try Executor(try ExecutionPlan(graph))
    #expect(throws: InferenceError.self) { try executor.run([]) }
    #expect(throws: InferenceError.self) { try executor.run([Tensor(scalar: Float(1))]) }
    #expect(throws: InferenceError.self) { try executor.run([sample.converted(to: .float64)]) }
    #expect(throws: InferenceError.self) { try executor.setInput(1, sample) }
    #expect(throws: InferenceError.self) { try executor.output(1) }
    #expect(try executor.run([sample]).count == 1)
  }

  @Test func `a graph without types is refused`() throws {
    var graph = Graph(name: "untyped")
    let x = graph.addInput("x", ValueType(.float32, try Shape([1, 2])))
    graph.outputs = graph.append(Relu(), name: "relu", inputs: [x])
    #expect(throws: InferenceError.self) { try ExecutionPlan(graph) }
  }

  @Test(arguments: [1, 2]) func `repeated runs give the same`(threads: Int) throws {
    let (graph, sample) = try smallNetwork()
    let executor = try Executor(try ExecutionPlan(graph), threads: threads)
    _ = try executor.run([sample])
    try executor.execute()
    let expected = try executor.output(0)
    for _ in 0..<200 { try executor.execute() }
    #expect(try executor.output(0) == expected)
  }

  @Test func `a profile has a time for each step`() throws {
    let (graph, sample) = try smallNetwork()
    let plan = try ExecutionPlan(graph)
    let executor = try Executor(plan)
    try executor.setInput(0, sample)
    let seconds = try executor.profiledExecute()
    #expect(seconds.count == plan.steps.count && seconds.allSatisfy { $0 >= 0 })
  }

  @Test func `executors come and go with their threads`() throws {
    let (graph, sample) = try smallNetwork()
    let plan = try ExecutionPlan(graph)
    let expected = try Executor(plan).run([sample])
    for threads in [2, 3, 5, 8] {
      for _ in 0..<5 { #expect(try Executor(plan, threads: threads).run([sample]) == expected) }
    }
  }
}
