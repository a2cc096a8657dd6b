import Documents
import Testing

@Suite struct PlainTextTests {
  @Test func document() throws {
    try expectSnapshot(try Samples.document().plainText(width: 72), "document.txt")
  }

  @Test func charts() throws {
    let charts = [Samples.bars, Samples.lines, Samples.histogram]
    try expectSnapshot(charts.map { $0.plainText(width: 60) }.joined(separator: "\n\n") + "\n", "charts.txt")
  }

  @Test func `wide and combined characters keep columns aligned`() {
    let table = Table(
      columns: [Column(id: "n", title: "Name"), Column(id: "v", title: "Value", kind: .integer)],
      rows: ["abc", "日本", "e\u{301}", "👩‍👩‍👧", "ﬁle"].map { Row([.text($0), .integer(7)]) })
    // Terminal columns by Unicode's East Asian Width: 3, 4, 1, 2, 2.
    #expect(
      Document(blocks: [.table(table)]).plainText() == """
        Name  Value
        ────  ─────
        abc       7
        日本      7
        e\u{301}         7
        👩‍👩‍👧        7
        ﬁle       7

        """)
  }

  @Test(arguments: [20, 31, 48, 80])
  func `no line of a table is wider than the terminal`(_ width: Int) {
    let table = Table(
      columns: [Column(id: "a", title: "A rather long header"), Column(id: "b", title: "B", kind: .integer)],
      rows: [Row([.text(String(repeating: "wörd ", count: 30)), .integer(1_000_000)])])
    let lines = Document(blocks: [.table(table)]).plainText(width: width).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.last?.hasSuffix("  1,000,000") == true && lines.last?.contains("…") == true)
  }

  @Test func `a long word is broken, a long text wrapped`() {
    let text = Document(blocks: [
      .paragraph("one two three four five"), .paragraph("\(String(repeating: "x", count: 25))"),
    ])
    #expect(text.plainText(width: 20) == "one two three four\nfive\n\nxxxxxxxxxxxxxxxxxxxx\nxxxxx\n")
  }

  @Test(arguments: [(0.0, "░░"), (0.001, "█░"), (1.0, "██"), (7.0, "██"), (-1.0, "░░")])
  func `progress is clamped`(_ fraction: Double, _ ends: String) {
    let text = Document(blocks: [.progress(ProgressBar(label: "Reading", fraction: fraction))]).plainText()
    let track = text.filter { $0 == "█" || $0 == "░" }
    #expect(track.count == 24 && "\(track.first ?? " ")\(track.last ?? " ")" == ends)
  }
}
