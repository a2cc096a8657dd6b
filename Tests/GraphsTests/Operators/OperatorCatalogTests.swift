import FoundationEssentials
import Graphs
import Testing

@Suite struct OperatorCatalogTests {
  @Test func everyFileHasItsLine() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Graphs/Operators")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") && !["Operator.swift", "OperatorCatalog.swift"].contains($0) }
      .map { String($0.dropLast(6)) }
    #expect(OperatorCatalog.all.map { "\($0)" } == files.sorted { $0.lowercased() < $1.lowercased() })
    #expect(files.count > 45)
  }

  /// What an operator says of itself makes the same operator again.
  @Test(arguments: OperatorCase.all.filter { OperatorCase.refused[$0.name] == nil })
  func attributesRoundTrip(_ testCase: OperatorCase) throws {
    for node in testCase.nodes {
      let attributes = try node.attributes.compactMapValues { try $0.value() }
      let op = try OperatorCatalog.make(node.operator, node: "n", opset: testCase.opset, attributes: attributes)
      let again = try OperatorCatalog.make(node.operator, node: "n", opset: testCase.opset, attributes: op.attributes)
      #expect(again.attributes == op.attributes)
    }
  }
}
