import Graphs
import Tensors
import Testing
import _TestSupport

@Suite struct OperatorConformanceTests {
  @Test func fixtureIsThere() {
    #expect(OperatorCase.all.count > 350)
    let covered = Set(OperatorCase.all.flatMap(\.nodes).map(\.operator))
    #expect(OperatorCatalog.all.map { $0.name }.filter { !covered.contains($0) } == [])
  }

  @Test(arguments: OperatorCase.all)
  func agreesWithONNX(_ testCase: OperatorCase) throws {
    if let message = OperatorCase.refused[testCase.name] {
      let error = #expect(throws: GraphError.self) { try run(testCase, canonical: false) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
      #expect(error?.node?.hasPrefix(testCase.name) == true && error?.operatorName != nil)
      return
    }
    for canonical in [false, true] {
      let results = try run(testCase, canonical: canonical)
      try #require(results.count == testCase.outputs.count)
      for (result, expected) in zip(results, testCase.outputs) {
        let isRough = expected.type == "float16" || Self.statedInFewDigits.contains(testCase.name)
        let difference = result.difference(
          from: try expected.tensor(), relative: isRough ? testCase.relativeTolerance : 1e-5,
          absolute: isRough ? 1e-3 : 1e-6)
        #expect(difference == nil, "canonical: \(canonical)")
      }
    }
  }

  /// Cases whose expected values stand in ONNX's source with four digits.
  private static let statedInFewDigits: Set = ["averagepool_2d_ceil_last_window_starts_on_pad"]

  private func run(_ testCase: OperatorCase, canonical: Bool) throws -> [Tensor] {
    var (graph, inputs) = try testCase.graph()
    if canonical { try PassPipeline.canonical.run(&graph) }
    return try ReferenceExecutor(graph).run(inputs)
  }
}
