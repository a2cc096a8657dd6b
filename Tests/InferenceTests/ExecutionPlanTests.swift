import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

@Suite struct ExecutionPlanTests {
  private func code(_ body: () throws -> Void) -> InferenceError.Code? {
    do { try body() } catch { return (error as? InferenceError)?.code }
    return nil
  }

  @Test func `a graph without types is refused`() throws {
    var graph = Graph(name: "untyped")
    let x = graph.addInput("x", ValueType(.float32, try Shape([1, 2])))
    graph.outputs = graph.append(Relu(), name: "relu", inputs: [x])
    #expect(code { _ = try ExecutionPlan(graph) } == .unsupportedGraph)
  }

  @Test func `a value that nothing computes is refused`() throws {
    var graph = Graph(name: "open")
    let x = graph.addValue("x", type: ValueType(.float32, try Shape([1, 2])))
    graph.outputs = graph.append(Relu(), name: "relu", inputs: [x])
    graph[graph.outputs[0]].type = graph.type(of: x)
    #expect { try ExecutionPlan(graph) } throws: { "\($0)" == "“relu”: value “x” is read before it is computed" }
  }

  @Test func `an instruction set of another machine is refused`() throws {
    var net = try Network([1, 2])
    let output = net.add(Relu(), net.x)
    let graph = try net.finished(output)
    for set in InstructionSet.allCases where !set.isSupported {
      let options = InferenceOptions(instructionSet: set)
      #expect(code { _ = try ExecutionPlan(graph, options: options) } == .unsupportedInstructionSet)
    }
    #expect(InstructionSet.supported.first == .scalar && InstructionSet.supported.count < InstructionSet.allCases.count)
  }

  /// What the reference evaluation says at run time names the node once.
  @Test func `an error of a node names it`() throws {
    var net = try Network([1, 1, 3])
    let window = SpatialWindow(kernel: [1 << 24], pads: [1 << 24, 0])
    let output = net.add(MaxPool(window: window), net.x)
    let executor = try Executor(ExecutionPlan(net.finished(output)))
    #expect { try executor.run([net.input]) } throws: { error in
      "\(error)".hasPrefix("“MaxPool_1”: MaxPool: a window of [16777216] over [3] is too large")
    }
  }

  @Test func `steps tell what they do`() throws {
    var net = try Network([1, 5, 6, 7])
    let x = try net.quantize(net.x)
    let y = try net.quantize(net.add(Add(activation: .relu), x, net.conv(x, 5)))
    let output = net.add(GlobalAveragePool(), net.add(Exp(), y))
    let plan = try ExecutionPlan(net.finished(output), options: InferenceOptions(instructionSet: .scalar))
    #expect(
      plan.steps.map { "\($0.operation) \($0.precision) \($0.nodes.count)" } == [
        "QuantizeLinear FP32 1", "Conv+Add+ReLU INT8 2", "DequantizeLinear INT8 1", "Exp FP32 1",
        "GlobalAveragePool FP32 1",
      ])
    #expect(plan.steps[1].nodes == ["Conv_4", "Add_5"])
    #expect(plan.steps.map(\.kernel).filter { $0.hasSuffix("__scalar") }.count == 1)
    #expect(plan.inputs == [ValueType(.float32, net.input.shape)])
    #expect(plan.outputs == [ValueType(.float32, try Shape([1, 5, 1, 1]))])
    #expect(plan.arenaByteCount > net.input.byteCount && plan.instructionSet == .scalar)
  }
}
