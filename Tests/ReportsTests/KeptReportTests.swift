import Documents
import Foundation
import Reports
import Testing

@Suite struct KeptReportTests {
  /// A report with one of everything that a page can have.
  private struct Everything: Report {
    var document: Document {
      let picture = try? Picture(width: 8, height: 4, pixels: [UInt8](repeating: 128, count: 96))
      let card = PictureCard(
        caption: "a picture", picture: picture, verdict: .init("right"),
        barLists: [BarList(title: "bars", bars: [.init("one", 0.25, isMarked: true)])])
      let table = Table(
        title: "rows",
        columns: [
          Column(id: "name", title: "Name"), Column(id: "value", title: "Value", kind: .number(.significant(3))),
          Column(id: "class", title: "Class", kind: .category),
          Column(id: "share", title: "Share", kind: .bar(.percent(), maximum: 1)),
        ],
        rows: [
          Row(
            [.text("b"), .number(1 / 3), .category(id: 3, name: "owl"), .number(0.5)], isFlagged: true, details: card),
          Row([.text("a"), .number(.nan), .category(id: 4, name: nil), .missing]),
          Row([.text("c"), .number(-.infinity), .integer(5), .boolean(true)]),
        ], sort: [.descending("name")], flag: .erroneous)
      let diagram = GraphDiagram(
        title: "graph", nodes: [.init(label: "x", shade: .category(1)), .init(label: "y", shade: .fraction(0.5))],
        edges: [.init(from: 0, to: 1)], categories: ["a", "b"])
      return Document(
        title: "Everything", subtitle: .code("<&>"),
        blocks: [
          .heading("é", level: 2), .paragraph(.strong("strong") + "plain"), .list(["one", .code("two")]),
          .facts(FactList([.init("label", "value", note: "note")], style: .headline)), .table(table),
          .chart(charts[0]), .gallery(ImageGrid(cards: [card])), .diagram(diagram), .callout(Callout(.warning, "!")),
          .progress(ProgressBar(label: "work", fraction: 0.5)),
          .details(summary: "more", blocks: [.code("text"), .table(Table(columns: [Column(id: "x", title: "X")]))]),
        ])
    }

    var charts: [Chart] {
      [
        Chart(
          title: "histogram",
          .histogram(Histogram(of: [1, 2, 3, 9], axis: Axis("x", format: .significant(2)), countTitle: "Images"))),
        Chart(
          title: "lines",
          .lines(
            LinePlot(
              series: [.init("s", [.init(1, 2, label: "best"), .init(2, 3)])], xAxis: Axis("x"), yAxis: Axis("y"),
              guides: [.init(.x, at: 1.5, label: "limit")]))),
        Chart(
          title: "bars",
          .bars(BarPlot(categoryTitle: "c", categories: ["a", "b"], series: [.init("s", [1, nil])], axis: Axis("y")))),
      ]
    }

    var chartsFollow: Bool { true }
    var data: DataValue {
      .object([.init(key: "answer", value: [1, .number(2.5), "x", nil, true])])
    }
  }

  private func kept(_ report: any Report, change: (String) -> String = { $0 }) throws -> KeptReport {
    let (page, rows) = try KeptReport(report).encoded()
    return try KeptReport(page: Array(change(String(decoding: page, as: UTF8.self)).utf8), rows: rows)
  }

  @Test func `everything comes back but the last digits of pictures`() throws {
    let report = Everything()
    let again = try kept(report)
    #expect(again.plainText == report.plainText)
    #expect(again.data == report.data)
    #expect(again.charts == report.charts && again.chartsFollow)
    #expect(again.document.tables.map(\.columns) == report.document.tables.map(\.columns))
    #expect(again.document.tables[0].sort == report.document.tables[0].sort)
    let picture = try #require(again.document.tables[0].rows[0].details?.picture)
    #expect(picture.width == 8 && picture.height == 4)
    // JPEG of one grey is off by a few of 256 levels at most.
    #expect(picture.pixels.allSatisfy { abs(Int($0) - 128) <= 4 })
    #expect(again.document.charts == report.document.charts)
  }

  @Test(
    arguments: [
      ("\"visibleRowCount\":25", "\"visibleRowCount\":-7"), ("\"rowLimit\":1000", "\"rowLimit\":-7"),
      ("\"columnCount\":2", "\"columnCount\":0"),
      ("\"category\":{\"_0\":1}", "\"category\":{\"_0\":-9223372036854775808}"),
      ("\"to\":1", "\"to\":77"), ("\"from\":0", "\"from\":-3"),
      ("\"fraction\":{\"_0\":0.5}", "\"fraction\":{\"_0\":\"not a number\"}"),
      ("\"edges\":[1,", "\"edges\":[7e300,"), ("\"table\":4", "\"table\":400"),
      ("\"decimals\":{\"_0\":1}", "\"decimals\":{\"_0\":-99999}"),
      ("\"significant\":{\"_0\":2}", "\"significant\":{\"_0\":9223372036854775807}"),
    ])
  func `what somebody has tampered with is shown without a crash`(text: String, other: String) throws {
    var isChanged = false
    let report = try kept(Everything()) { page in
      isChanged = page.contains(text)
      return page.replacingOccurrences(of: text, with: other)
    }
    #expect(isChanged, "\(text) is not in the page")
    #expect(!report.document.html().isEmpty && !report.plainText.isEmpty)
    #expect(report.data["answer"] != nil)
    #expect(try !report.encoded().page.isEmpty)
    _ = try report.pageWithCharts.pagePNG()
    for chart in report.charts { #expect(!chart.svg().isEmpty) }
  }

  @Test func `what is no report is refused`() {
    #expect(throws: (any Error).self) { try KeptReport(page: Array("{}".utf8), rows: []) }
    #expect(throws: (any Error).self) { try KeptReport(page: [0, 255], rows: []) }
  }
}
