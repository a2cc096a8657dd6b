import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Which steps stand in one group, and that results do not depend on it.
@Suite struct StepScheduleTests {
  /// An Inception module: 1x1; 1x1, 3x3; 1x1, 3x3, 3x3; pooling, 1x1; all side by side.
  private static func module(isQuantized: Bool) throws -> (graph: Graph, input: Tensor) {
    var net = try Network([1, 32, 20, 20])
    let parameters = (scale: Float(1) / 16, zeroPoint: 0)
    func quantized(_ value: ValueID) throws -> ValueID { isQuantized ? try net.quantize(value, parameters) : value }
    func conv(_ value: ValueID, _ outputs: Int, _ size: Int) throws -> ValueID {
      try quantized(
        net.conv(value, outputs, kernel: [size, size], activation: .relu, quantized: isQuantized))
    }
    let x = try quantized(net.x)
    let stem = try conv(x, 64, 3)
    let first = try conv(stem, 32, 1)
    let second = try conv(conv(stem, 48, 1), 64, 3)
    let third = try conv(conv(conv(stem, 32, 1), 48, 3), 48, 3)
    let window = SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])
    let fourth = try conv(quantized(net.add(AveragePool(window: window), stem)), 32, 1)
    let joined = net.add(Concat(axis: 1), first, second, third, fourth)
    let output = try conv(quantized(joined), 64, 1)
    return (try net.finished(output), net.input)
  }

  @Test(arguments: [false, true]) func `branches stand side by side`(isQuantized: Bool) throws {
    let (graph, input) = try Self.module(isQuantized: isQuantized)
    let plan = try ExecutionPlan(graph)
    try #require(plan.isLowered)
    let groups = plan.stepGroups(threads: 2)
    #expect(groups.flatMap(Array.init) == Array(plan.steps.indices))
    let names = groups.map { plan.steps[$0].map(\.nodes[0]).sorted() }
    // Three 1x1 convolutions and the pooling; two 3x3 convolutions and the 1x1 behind the pooling; the last 3x3.
    let module = names.filter { $0.count > 1 }
    #expect(module.map(\.count) == [4, 3], "\(names)")
    let expected = try Executor(plan).run([input])
    for threads in 2...5 { #expect(try Executor(plan, threads: threads).run([input]) == expected) }
    let reference = try ReferenceExecutor(graph).run([input])[0].floats
    let scale = reference.map(abs).max() ?? 1
    let error = zip(reference, expected[0].floats).map { abs($0 - $1) }.max() ?? .infinity
    // In integers sums that fall on a half may be rounded differently: one step of the quantization.
    #expect(error <= (isQuantized ? 1.001 / 16 : 1e-4 * scale))
  }

  struct Chain: CustomTestStringConvertible {
    var extents: [Int]
    var threads: Int
    /// Steps in each group.
    var groups: [Int]
    var testDescription: String { "\(extents) \(threads)" }
  }

  static let chains = [
    Chain(extents: [1, 64, 24, 24], threads: 2, groups: [3, 1]),
    Chain(extents: [1, 64, 24, 24], threads: 4, groups: [3, 1]),
    // So few pixels are divided by channels, of which each thread reads all.
    Chain(extents: [1, 64, 7, 7], threads: 2, groups: [1, 1, 1, 1]),
    Chain(extents: [4, 64, 7, 7], threads: 2, groups: [3, 1]),
    Chain(extents: [1, 64, 12, 12], threads: 8, groups: [1, 1, 1, 1]),
  ]

  /// 1x1, 1x1, 1x1, 3x3.
  @Test(arguments: chains, [false, true])
  func `rows are handed on without waiting`(chain: Chain, isQuantized: Bool) throws {
    var net = try Network(chain.extents)
    let parameters = (scale: Float(1) / 16, zeroPoint: 128)
    func quantized(_ value: ValueID) throws -> ValueID { isQuantized ? try net.quantize(value, parameters) : value }
    let first = try quantized(net.conv(quantized(net.x), 64, kernel: [1, 1], quantized: isQuantized))
    let second = try quantized(net.conv(first, 96, kernel: [1, 1], activation: .relu, quantized: isQuantized))
    let third = try quantized(
      net.add(Add(), net.conv(second, 64, kernel: [1, 1], quantized: isQuantized), first))
    let output = try quantized(net.conv(third, 64, quantized: isQuantized))
    let graph = try net.finished(output)
    let plan = try ExecutionPlan(graph)
    let convolutions = plan.steps.indices.filter { plan.steps[$0].products > 0 }
    let groups = plan.stepGroups(threads: chain.threads).map { group in convolutions.count { group.contains($0) } }
    #expect(groups.filter { $0 > 0 } == chain.groups, "\(plan.steps)")
    let expected = try Executor(plan).run([net.input])
    for _ in 0..<20 { #expect(try Executor(plan, threads: chain.threads).run([net.input]) == expected) }
  }
}
