import Graphs
import Inference
import Tensors
import Testing

/// Floats on which a calibration decides are the same on AVX2 and AVX-512, to the last bit.
@Suite struct InstructionSetAgreementTests {
  private static let areBothSupported = InstructionSet.avx2.isSupported && InstructionSet.avx512vnni.isSupported

  private static func network(_ seed: Int) throws -> (Network, Graph) {
    let channels = [40, 33, 5, 64][seed % 4]
    var net = try Network([1, 3 + seed % 3, 26 - seed % 5, 23], seed: UInt64(seed))
    var x = try net.conv(net.x, channels, kernel: [3, 3])
    x = try net.conv(x, channels + 8, kernel: [3, 3])
    let activations: [any Operator] = [Relu(), Sigmoid(), Tanh(), HardSwish(), LeakyRelu(alpha: 0.1), Elu(alpha: 1)]
    x = net.add(activations[seed % activations.count], x)
    x = try net.depthwise(x)
    let pooled = net.add(
      AveragePool(window: SpatialWindow(kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1])), x)
    let narrow = try net.conv(pooled, channels + 8, kernel: [1, 1])
    x = net.add(Add(activation: .relu), narrow, pooled)
    x = net.add(Flatten(), net.add(GlobalAveragePool(), x))
    x = net.add(Softmax(), net.add(MatMul(), x, try net.weights([channels + 8, 37])))
    let output = net.add(MatMul(), x, try net.weights([37, 9]))
    return (net, try net.finished(output))
  }

  @Test(.enabled(if: areBothSupported, "the processor has not both"), arguments: 0..<24)
  func `every value is the same`(_ seed: Int) throws {
    let (net, graph) = try Self.network(seed)
    let values = graph.nodes.compactMap { $0.outputs[0] }
    var seen: [[[Float]]] = []
    for set in [InstructionSet.avx2, .avx512vnni] {
      let plan = try ExecutionPlan(graph, options: InferenceOptions(instructionSet: set, observed: Set(values)))
      let executor = try Executor(plan)
      _ = try executor.run([net.input])
      seen.append(
        values.map { value in
          executor.withObserved(value) { seen in
            (0..<seen.pixels).flatMap { pixel in
              (0..<seen.channels).map { seen.elements[pixel * seen.stride + $0] }
            }
          } ?? []
        })
    }
    #expect(seen[0].map { $0.map(\.bitPattern) } == seen[1].map { $0.map(\.bitPattern) })
    #expect(seen[0].allSatisfy { !$0.isEmpty })
  }
}
