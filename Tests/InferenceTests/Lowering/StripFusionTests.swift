import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Blocks whose wide tensors are computed by strips, against the same blocks computed tensor by tensor.
@Suite struct StripFusionTests {
  struct Block: CustomTestStringConvertible {
    var input = [1, 16, 64, 61]
    var wide = 160
    var narrow = 16
    var kernel = [3, 3]
    var strides = [1, 1]
    var dilations = [1, 1]
    var hasExpansion = true
    var hasResidual = false

    var testDescription: String {
      "\(input) \(wide) \(narrow) \(kernel) \(strides) \(dilations) expansion \(hasExpansion) residual \(hasResidual)"
    }
  }

  static let blocks = [
    Block(hasResidual: true),
    Block(strides: [2, 2]),
    Block(input: [3, 16, 41, 67], wide: 201, hasResidual: true),
    Block(input: [2, 23, 65, 64], wide: 150, narrow: 19, strides: [2, 1]),
    Block(input: [1, 16, 70, 70], wide: 128, kernel: [5, 5], dilations: [2, 1], hasResidual: true),
    Block(input: [1, 160, 65, 64], narrow: 24, hasExpansion: false),
    Block(input: [2, 160, 93, 64], narrow: 24, strides: [1, 2], hasExpansion: false),
  ]

  /// The block's graph; with `isWhole`, the tensors inside are results too, so that they must be whole.
  private static func graph(_ block: Block, isQuantized: Bool, isWhole: Bool) throws -> (Graph, Tensor) {
    var net = try Network(block.input)
    let parameters = (scale: Float(1) / 64, zeroPoint: 130)
    func quantized(_ value: ValueID) throws -> ValueID {
      isQuantized ? try net.quantize(value, parameters) : value
    }
    let x = try quantized(net.x)
    var wide = x
    if block.hasExpansion {
      wide = try quantized(
        net.conv(x, block.wide, kernel: [1, 1], activation: .clip(lower: 0, upper: 1), quantized: isQuantized))
    }
    let filtered = try quantized(
      net.depthwise(
        wide, kernel: block.kernel, strides: block.strides, dilations: block.dilations, activation: .relu,
        quantized: isQuantized))
    var output = try net.conv(filtered, block.narrow, kernel: [1, 1], quantized: isQuantized)
    if block.hasResidual { output = net.add(Add(), output, x) }
    output = try quantized(output)
    let graph = try isWhole ? net.finished(output, wide, filtered) : net.finished(output)
    return (graph, net.input)
  }

  @Test(arguments: blocks, [false, true])
  func `strips give what whole tensors give, bit for bit`(block: Block, isQuantized: Bool) throws {
    let (whole, input) = try Self.graph(block, isQuantized: isQuantized, isWhole: true)
    let (chained, _) = try Self.graph(block, isQuantized: isQuantized, isWhole: false)
    let plan = try ExecutionPlan(chained)
    #expect(try ExecutionPlan(whole).operations.allSatisfy { !$0.contains(", ") })
    #expect(plan.operations.contains { $0.contains(", ") })
    #expect(plan.isLowered)
    let expected = try Execution.run(whole, [input])[0]
    for threads in 1...3 {
      let executor = try Executor(plan, threads: threads)
      #expect(try executor.run([input])[0] == expected)
      #expect(try executor.run([input])[0] == expected)
    }
    if isQuantized {
      for set in InstructionSet.supported { #expect(try Execution.run(chained, [input], on: set)[0] == expected) }
    }
  }

  @Test func `small tensors stay whole`() throws {
    let (graph, _) = try Self.graph(Block(input: [1, 16, 14, 14]), isQuantized: false, isWhole: false)
    #expect(try ExecutionPlan(graph).operations == ["Conv+Clip", "DepthwiseConv+ReLU", "Conv"])
  }
}
