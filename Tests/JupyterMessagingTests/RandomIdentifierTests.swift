import JupyterMessaging
import Testing

@Suite struct RandomIdentifierTests {
  @Test func `is a UUID of version 4, another one each time`() throws {
    let identifiers = (0..<100).map { _ in RandomIdentifier.make() }
    #expect(Set(identifiers).count == 100)
    let pattern = try Regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    for identifier in identifiers { #expect(identifier.wholeMatch(of: pattern) != nil) }
  }
}
