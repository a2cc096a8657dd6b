import Graphs
import Tensors
import Testing
import _TestSupport

/// Transposed convolutions before and after they are taken apart.
@Suite struct DecomposeTransposedConvolutionTests {
  struct Case: CustomTestStringConvertible {
    let kernel: [Int]
    let strides: [Int]
    let pads: [Int]
    var extra: [Int] = [0, 0]
    var group = 1
    var hasBias = true
    var isDecomposed = true
    var testDescription: String { "\(kernel) by \(strides), pads \(pads), \(extra) more, \(group) groups" }
  }

  static let cases = [
    Case(kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0]),
    Case(kernel: [4, 4], strides: [2, 2], pads: [1, 1, 1, 1], group: 2),
    Case(kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], extra: [1, 1], hasBias: false),
    Case(kernel: [3, 5], strides: [3, 3], pads: [0, 1, 0, 1], group: 4),
    Case(kernel: [2, 1], strides: [3, 3], pads: [0, 0, 0, 0], extra: [1, 2]),
    Case(kernel: [7, 4], strides: [2, 2], pads: [3, 0, 2, 2]),
    Case(kernel: [3, 3], strides: [2, 2], pads: [0, 0, 0, 0], isDecomposed: false),
    Case(kernel: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], isDecomposed: false),
    Case(kernel: [2, 3], strides: [2, 3], pads: [0, 0, 0, 0], isDecomposed: false),
  ]

  @Test(arguments: cases) func `sums stay the same`(_ testCase: Case) throws {
    var random = SeededGenerator(seed: 11)
    var graph = Graph(name: "transposed")
    let input = try random.tensor([2, 4, 5, 6], in: -1...1)
    let x = graph.addInput("x", ValueType(.float32, input.shape))
    let weights = try random.tensor([4, 8 / testCase.group] + testCase.kernel, in: -1...1)
    var inputs: [ValueID?] = [x, graph.addConstant("w", weights)]
    if testCase.hasBias { inputs.append(graph.addConstant("b", try random.tensor([8], in: -1...1))) }
    let op = ConvTranspose(
      window: SpatialWindow(kernel: testCase.kernel, strides: testCase.strides, pads: testCase.pads),
      group: testCase.group, outputPadding: testCase.extra)
    graph.outputs = graph.append(op, name: "up", inputs: inputs)
    try graph.inferTypes()
    let expected = try ReferenceExecutor(graph).run([input])[0]
    try PassPipeline.canonical.run(&graph)
    let names = graph.nodes.map(\.operatorName)
    #expect(names == (testCase.isDecomposed ? ["Conv", "DepthToSpace"] : ["ConvTranspose"]))
    let found = try ReferenceExecutor(graph).run([input])[0]
    #expect(found.difference(from: expected, absolute: 1e-5) == nil)
  }
}
