import Graphs
import Inference
import Tensors
import Testing

/// Tensors that are fed and given with the channels last.
@Suite struct ChannelsLastTests {
  /// [N, C, H, W] to [N, H, W, C].
  private static func interleaved<Element: TensorElement>(_ tensor: Tensor, _ elements: [Element]) throws -> Tensor {
    let shape = tensor.shape
    guard shape.rank == 4 else { return tensor }
    let (channels, plane) = (shape[1], shape[2] * shape[3])
    var moved = elements
    for (index, element) in elements.enumerated() {
      let (image, channel, pixel) = (index / plane / channels, index / plane % channels, index % plane)
      moved[(image * plane + pixel) * channels + channel] = element
    }
    return try Tensor(shape: Shape([shape[0], shape[2], shape[3], channels]), moved)
  }

  @Test(arguments: [1, 3, 4, 7, 16]) func `floats`(channels: Int) throws {
    var net = try Network([2, channels, 5, 6])
    let output = try net.conv(net.x, channels + 1, kernel: [3, 3])
    let graph = try net.finished(output)
    let expected = try Execution.run(graph, [net.input])[0]
    let options = InferenceOptions(channelsLast: [graph.inputs[0], graph.outputs[0]])
    let plan = try ExecutionPlan(graph, options: options)
    let input = try Self.interleaved(net.input, net.input.floats)
    #expect(plan.inputs[0].shape == input.shape)
    let found = try Executor(plan).run([input])[0]
    #expect(found == (try Self.interleaved(expected, expected.floats)))
    #expect(plan.outputs[0].shape == found.shape)
    #expect(throws: InferenceError.self) { try Executor(plan).run([net.input]) }
  }

  @Test(arguments: [1, 3, 4, 7, 16]) func `bytes`(channels: Int) throws {
    var graph = Graph(name: "bytes")
    let shape = try Shape([2, channels, 5, 6])
    let input = graph.addInput("x", ValueType(.uint8, shape))
    let parameters = [
      graph.addConstant("s", Tensor(scalar: Float(0.1))), graph.addConstant("z", Tensor(scalar: UInt8(100))),
    ]
    let target = [
      graph.addConstant("t", Tensor(scalar: Float(0.15))), graph.addConstant("u", Tensor(scalar: UInt8(90))),
    ]
    let real = graph.append(DequantizeLinear(), name: "d", inputs: [input] + parameters)
    let positive = graph.append(Relu(), name: "r", inputs: real)
    graph.outputs = graph.append(QuantizeLinear(), name: "q", inputs: positive + target)
    try graph.inferTypes()
    let bytes = (0..<shape.elementCount).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let tensor = try Tensor(shape: shape, bytes)
    let expected = try ReferenceExecutor(graph).run([tensor])[0]
    let plan = try ExecutionPlan(graph, options: InferenceOptions(channelsLast: [input, graph.outputs[0]]))
    let found = try Executor(plan).run([Self.interleaved(tensor, bytes)])[0]
    #expect(found == (try Self.interleaved(expected, expected.array(of: UInt8.self))))
    #expect(try Execution.run(graph, [tensor])[0] == expected)
  }
}
