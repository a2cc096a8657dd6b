import Testing
import Workspaces

@Suite struct HistoryTests {
  private func filled(_ place: TemporaryWorkspace) throws -> Workspace {
    let workspace = place.workspace
    let session = try workspace.beginSession()
    let inputs = ["a1", "print x", "a2", "c\nd", "a1", "[b]*"]
    try workspace.append(
      inputs.enumerated().map { CellRecord(session: session, line: $0 + 1, input: $1, output: $0 == 0 ? "é" : nil) })
    return workspace
  }

  @Test func `cells are found by session and from the end`() throws {
    let place = TemporaryWorkspace()
    let workspace = try filled(place)
    #expect(try workspace.newestCells(2).map(\.line) == [5, 6])
    #expect(try workspace.newestCells(-1).isEmpty)
    #expect(try workspace.cells(ofSession: 1, lines: 2..<4).map(\.input) == ["print x", "a2"])
    #expect(try workspace.cells(ofSession: 1, lines: 1..<2).map(\.output) == ["é"])
    #expect(try workspace.cells(ofSession: 7, lines: 0..<Int.max).isEmpty)
  }

  @Test(
    arguments: [
      ("a*", nil, false, [1, 3, 5]), ("a?", nil, true, [3, 5]), ("a*", 2, false, [3, 5]), ("*1", nil, false, [1, 5]),
      ("c*d", nil, false, [4]), ("1", nil, false, []), ("*r*t*x*", nil, false, [2]), ("[b]*", nil, false, [6]),
      ("[ab]1", nil, false, []), ("*", -3, false, []),
    ] as [(String, Int?, Bool, [Int])])
  func `cells are found by a pattern of their whole text`(
    pattern: String, count: Int?, isUnique: Bool, lines: [Int]
  ) throws {
    let place = TemporaryWorkspace()
    #expect(try filled(place).cells(matching: pattern, count: count, isUnique: isUnique).map(\.line) == lines)
  }

  @Test func `sessions of several kernels have numbers of their own and are kept`() throws {
    let place = TemporaryWorkspace()
    let (first, second) = (place.workspace, place.workspace)
    let numbers = try [first.beginSession(), second.beginSession(), first.beginSession()]
    #expect(numbers == [1, 2, 3])
    try second.append([CellRecord(session: 2, line: 1, input: "x", output: nil)])
    #expect(try place.workspace.newestCells(9) == [CellRecord(session: 2, line: 1, input: "x", output: nil)])
  }
}
