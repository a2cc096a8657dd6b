import Graphs
import Tensors
import Testing
import _TestSupport

/// The canonical passes keep what seeded random graphs compute.
@Suite struct RandomGraphTests {
  @Test(arguments: 1...80 as ClosedRange<UInt64>)
  func canonicalPassesKeepResults(_ seed: UInt64) throws {
    var example = try randomGraph(seed)
    let before = try example.finish()
    try before.validate()
    var after = before
    try PassPipeline.canonical.run(&after)
    let input = try example.random.tensor(example.inputTypes[0].shape.dimensions)
    let (expected, result) = (try ReferenceExecutor(before).run([input]), try ReferenceExecutor(after).run([input]))
    let size = expected[0].doubles.map(\.magnitude).max() ?? 0
    let difference = result[0].difference(from: expected[0], absolute: 2e-5 * max(size, 1))
    #expect(difference == nil, "\(before.text)\n=>\n\(after.text)")
    #expect(!after.nodes.contains { $0.op is Identity || $0.op is Dropout || $0.op is Unsqueeze })
    var again = after
    try PassPipeline.canonical.run(&again)
    #expect(again.text == after.text)
    #expect(operations(after) <= operations(before))
  }

  private func operations(_ graph: Graph) -> Int {
    graph.nodes.reduce(0) { sum, node in
      sum
        + (node.op.operationCount(
          inputs: node.inputs.map { $0.flatMap(graph.type(of:)) },
          outputs: node.outputs.compactMap { $0.flatMap(graph.type(of:)) }) ?? 0)
    }
  }

  private func randomGraph(_ seed: UInt64) throws -> GraphExample {
    var example = try GraphExample("random_\(seed)", input: [2, 4, 6, 6], seed: seed)
    var earlier: [ValueID] = []
    var extent = 6
    for index in 0..<10 {
      let name = "n\(index)"
      switch Int.random(in: 0..<13, using: &example.random) {
      case 0:
        try example.conv(name, (4, 4), kernel: 3, pad: 1, group: [1, 2, 4].randomElement(using: &example.random) ?? 1)
      case 1: try example.conv(name, (4, 4), bias: true)
      case 2: try example.batchNormalization(name, 4)
      case 3: example.add(Relu(), name)
      case 4: example.add(Clip(lower: -1, upper: 0.75), name)
      case 5: example.add(Identity(), name)
      case 6: example.add(Dropout(), name)
      case 7: example.add(Mul(), name, [try example.weights(name + ".m", [1, 4, 1, 1])])
      case 8:
        let vector = try example.weights(name + ".v", [4])
        let summand = example.apply(Unsqueeze(axes: [1, 2]), name + ".u", [vector])
        let (first, second) = (earlier.last ?? ValueID(0), summand)
        example.apply(Add(), name, Bool.random(using: &example.random) ? [first, second] : [second, first])
      case 9:
        let other = earlier.last { example.graph.type(of: $0)?.shape[2] == extent }
        example.add(Add(), name, [other ?? example.last])
      case 10:
        example.add(Pad(pads: [0, 0, 1, 0, 0, 0, 0, 1]), name)
        try example.conv(name + ".c", (4, 4), kernel: 2)
      case 11 where extent > 2:
        example.add(
          AveragePool(window: SpatialWindow(kernel: [2, 2], pads: [0, 0, 1, 1]), countsPadding: index % 2 == 0), name)
      case 12:
        example.add(Transpose(permutation: [0, 1, 3, 2]), name)
      default:
        example.add(MaxPool(window: SpatialWindow(kernel: [3, 3], autoPadding: .sameUpper)), name)
      }
      earlier.append(example.last)
      _ = try example.finish()
      extent = example.graph.type(of: example.last)?.shape[2] ?? extent
    }
    example.add(GlobalAveragePool(), "pool")
    example.add(Flatten(), "flat")
    example.add(
      Gemm(transB: true), "fc", [try example.weights("fc.w", [5, 4]), try example.weights("fc.b", [5])])
    if seed % 2 == 0 { example.add(Relu(), "fc.relu") }
    return example
  }
}
