import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Graphs that a file may hold and nobody would write: they run, or end in an error, but never in a trap.
@Suite struct HostileGraphTests {
  static let empty: [[Int]] = [[0, 4, 6, 7], [2, 4, 0, 7], [2, 4, 6, 0], [2, 0, 6, 7], [0, 0, 0, 0]]

  @Test(arguments: empty, [false, true])
  func `tensors without elements`(_ extents: [Int], isQuantized: Bool) throws {
    let channels = extents[1]
    var net = try Network(extents)
    var x = net.x
    if isQuantized { x = try net.quantize(x) }
    let window = SpatialWindow(kernel: [1, 1], pads: [1, 1, 1, 1])
    let weights =
      try isQuantized ? net.quantizedWeights([5, channels, 1, 1], axis: 0) : net.weights([5, channels, 1, 1])
    var y = net.add(Conv(window: window), x, weights, try net.weights([5]))
    if isQuantized { y = try net.quantize(y) }
    y = net.add(Relu(), net.add(MaxPool(window: window), net.add(Add(), y, y)))
    y = net.add(Concat(axis: 1), net.add(LRN(size: 3), y), net.add(AveragePool(window: .init(kernel: [1, 1])), y))
    let flat = net.add(Flatten(), net.add(GlobalAveragePool(), net.add(Transpose(permutation: [0, 1, 3, 2]), y)))
    let product = net.add(Gemm(), flat, try net.weights([10, 3]))
    let output = net.add(Softmax(), product)
    let graph = try net.finished(output, y, x)
    let expected = try ReferenceExecutor(graph).run([net.input])
    let options = InferenceOptions(observed: [x, y, output])
    let executor = try Executor(ExecutionPlan(graph, options: options), threads: 2)
    for (result, reference) in zip(try executor.run([net.input]), expected) {
      let difference = result.difference(from: reference, absolute: isQuantized ? Double(net.step) : 1e-5)
      #expect(difference == nil)
    }
    #expect(executor.withObserved(x) { $0.elements.count } == net.input.elementCount)
  }

  @Test func `windows beyond all measure`() throws {
    let most = 1 << 24
    var net = try Network([1, 2, 3, 3])
    let window = SpatialWindow(kernel: [most, most], pads: [most - 3, most - 3, 0, 0])
    let output = net.add(MaxPool(window: window), net.x)
    let executor = try Executor(ExecutionPlan(net.finished(output)))
    #expect(throws: InferenceError.self) { try executor.run([net.input]) }
  }

  @Test func `strides and pads beyond all measure`() throws {
    let most = 1 << 24
    var net = try Network([1, 2, 3, 3])
    let window = SpatialWindow(kernel: [3, 2], strides: [most, most - 1], pads: [most, 5, most, most])
    let weights = try net.weights([4, 2, 3, 2])
    let outputs = [net.add(Conv(window: window), net.x, weights), net.add(MaxPool(window: window), net.x)]
    let graph = try net.finished(outputs[0], outputs[1])
    let results = try Execution.run(graph, [net.input])
    for (result, reference) in zip(results, try ReferenceExecutor(graph).run([net.input])) {
      #expect(result.difference(from: reference, absolute: 1e-5) == nil)
    }
  }

  /// Rows under windows that reach far are not copied, so a plan takes no more memory than its tensors.
  @Test(arguments: [(1 << 24, 1), (1, 1 << 22)], [false, true])
  func `few channels under windows beyond all measure`(reach: (stride: Int, dilation: Int), isQuantized: Bool) throws {
    var net = try Network([1, 3, 5, 5])
    let pads = [reach.dilation - 1, reach.stride - 1, reach.dilation - 1, reach.stride - 1]
    let x = try isQuantized ? net.quantize(net.x) : net.x
    let y = try net.conv(
      x, 4, kernel: [3, 2], strides: [1, reach.stride], dilations: [reach.dilation, 1], pads: pads,
      quantized: isQuantized)
    let graph = try net.finished(y)
    let plan = try ExecutionPlan(graph)
    #expect(plan.scratchByteCount < 1 << 20)
    let expected = try ReferenceExecutor(graph).run([net.input])[0]
    let result = try Executor(plan, threads: 2).run([net.input])[0]
    #expect(result.difference(from: expected, absolute: isQuantized ? 1.01 * Double(net.step) : 1e-5) == nil)
  }

  @Test func `strips under windows that reach beyond their image`() throws {
    var net = try Network([1, 16, 64, 64])
    let wide = try net.conv(net.x, 160, kernel: [1, 1], quantized: false)
    let far = 1 << 20
    let filtered = try net.depthwise(wide, dilations: [far, 1], pads: [far, 1, far, 1], quantized: false)
    let output = try net.conv(filtered, 8, kernel: [1, 1], quantized: false)
    let graph = try net.finished(output)
    let plan = try ExecutionPlan(graph)
    #expect(plan.operations.contains { $0.contains(", ") })
    let expected = try ReferenceExecutor(graph).run([net.input])[0]
    let result = try Executor(plan, threads: 2).run([net.input])[0]
    #expect(result.difference(from: expected, absolute: 1e-3) == nil)
  }

  @Test func `more memory than there is`() throws {
    var graph = Graph(name: "large")
    let shape = try Shape([1, 1, 1 << 24, 1 << 24])
    var x = graph.addInput("x", ValueType(.float32, shape))
    for index in 0..<3 { x = graph.append(Relu(), name: "relu_\(index)", inputs: [x])[0] }
    graph.outputs = [x]
    try graph.inferTypes()
    #expect { try Executor(ExecutionPlan(graph)) } throws: { ($0 as? InferenceError)?.code == .outOfMemory }
    for index in 0..<9000 { _ = graph.addInput("x\(index)", ValueType(.float64, shape)) }
    #expect { try ExecutionPlan(graph) } throws: { ($0 as? InferenceError)?.code == .outOfMemory }
  }

  @Test func `more groups than kernels are made for`() throws {
    var net = try Network([1, 600, 3, 3])
    let output = try net.conv(net.x, 300, group: 300, quantized: false)
    let graph = try net.finished(output)
    let expected = try ReferenceExecutor(graph).run([net.input])[0]
    #expect(try Execution.run(graph, [net.input])[0].difference(from: expected, absolute: 1e-5) == nil)
  }
}
