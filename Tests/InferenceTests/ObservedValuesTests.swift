import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

@Suite struct ObservedValuesTests {
  /// The elements of an observed value in row-major order.
  private func observed(_ value: ValueID, _ executor: Executor, shape: Shape) -> [Float]? {
    let plane = shape.rank == 4 ? shape[2] * shape[3] : 1
    return executor.withObserved(value) { seen in
      var elements = [Float](repeating: .nan, count: shape.elementCount)
      for pixel in 0..<seen.pixels {
        for channel in 0..<seen.channels {
          elements[(pixel / plane * seen.channels + channel) * plane + pixel % plane] =
            seen.elements[pixel * seen.stride + channel]
        }
      }
      return elements
    }
  }

  private func network(isQuantized: Bool) throws -> (Network, Graph) {
    var net = try Network([2, 5, 9, 8])
    func quantized(_ value: ValueID) throws -> ValueID { isQuantized ? try net.quantize(value) : value }
    let x = try quantized(net.x)
    let first = try net.conv(x, 7, quantized: isQuantized)
    let positive = try quantized(net.add(Relu(), quantized(first)))
    let second = try net.conv(positive, 7, kernel: [1, 1], quantized: isQuantized)
    let sum = try quantized(net.add(Add(activation: .relu), second, positive))
    let pooled = try quantized(net.add(GlobalAveragePool(), net.depthwise(sum, quantized: isQuantized)))
    let flat = net.add(Flatten(), pooled)
    let weights = try isQuantized ? net.quantizedWeights([7, 6], axis: 1) : net.weights([7, 6])
    let output = net.add(Softmax(), net.add(MatMul(), flat, weights))
    return (net, try net.finished(output))
  }

  @Test(arguments: [false, true]) func `are those of the reference`(isQuantized: Bool) throws {
    let (net, graph) = try network(isQuantized: isQuantized)
    let expected = try ReferenceExecutor(graph).allValues([net.input])
    let plan = try ExecutionPlan(graph, options: InferenceOptions(observed: Set(expected.keys)))
    let executor = try Executor(plan, threads: 2)
    _ = try executor.run([net.input])
    for (value, reference) in expected {
      guard reference.elementType == .float32 else {
        #expect(observed(value, executor, shape: reference.shape) == nil, "\(graph[value].name)")
        continue
      }
      let found = try #require(observed(value, executor, shape: reference.shape), "\(graph[value].name)")
      let off = zip(found, reference.floats).count { !(abs($0 - $1) <= 1e-4 * Float(max(reference.magnitude, 0.1))) }
      #expect(off <= (isQuantized ? 1 + found.count / 50 : 0), "\(off) of “\(graph[value].name)”")
    }
  }

  @Test func `one alone is not overwritten by what comes after`() throws {
    let (net, graph) = try network(isQuantized: false)
    let expected = try ReferenceExecutor(graph).allValues([net.input])
    for value in expected.keys {
      let executor = try Executor(ExecutionPlan(graph, options: InferenceOptions(observed: [value])))
      _ = try executor.run([net.input])
      let reference = try #require(expected[value])
      let found = try #require(observed(value, executor, shape: reference.shape))
      #expect(zip(found, reference.floats).allSatisfy { abs($0 - $1) <= 1e-4 }, "\(graph[value].name)")
    }
  }

  @Test func `nothing else can be seen`() throws {
    let (net, graph) = try network(isQuantized: false)
    let executor = try Executor(ExecutionPlan(graph))
    _ = try executor.run([net.input])
    #expect(executor.withObserved(net.x) { $0.pixels } == nil)
  }
}
