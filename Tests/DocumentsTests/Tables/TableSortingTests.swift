import Documents
import Testing

@Suite struct TableSortingTests {
  private func order(_ cells: [Cell], _ key: SortKey) -> [Int] {
    let table = Table(
      columns: [Column(id: "v", title: "V"), Column(id: "i", title: "I", kind: .integer)],
      rows: cells.enumerated().map { Row([$0.element, .integer($0.offset)]) }, sort: [key])
    return table.sortedRows.compactMap { row in
      if case .integer(let index) = row.cells[1] { index } else { nil }
    }
  }

  @Test(
    arguments: [
      ([.integer(2), .integer(1), .number(1.5)], .ascending("v"), [1, 2, 0]),
      ([.integer(2), .integer(1), .number(1.5)], .descending("v"), [0, 2, 1]),
      ([.number(1), .missing, .number(.nan), .number(0)], .ascending("v"), [3, 0, 1, 2]),
      ([.number(1), .missing, .number(.nan), .number(0)], .descending("v"), [0, 3, 1, 2]),
      ([.text("a10"), .text("a9"), .text("a09b"), .text("")], .ascending("v"), [3, 1, 2, 0]),
      ([.text("x"), .number(3), .missing], .ascending("v"), [1, 0, 2]),
      ([.category(id: 10, name: "a"), .category(id: 9, name: "b")], .ascending("v"), [1, 0]),
      ([.boolean(true), .boolean(false)], .ascending("v"), [1, 0]),
      ([.integer(1), .integer(1), .integer(1)], .descending("v"), [0, 1, 2]),
      ([.integer(2), .integer(1)], .ascending("unknown"), [0, 1]),
    ] as [([Cell], SortKey, [Int])])
  func rows(_ cells: [Cell], _ key: SortKey, _ expected: [Int]) {
    #expect(order(cells, key) == expected)
  }

  @Test func `later keys decide between equal earlier ones`() throws {
    let names = try Samples.predictions().sortedRows.map { $0.cells[0] }
    #expect(names == [.text("image9.jpg"), .text("image2.jpg"), .text("image10.jpg")])
  }
}
