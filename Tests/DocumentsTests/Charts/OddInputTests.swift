import Documents
import Testing

@Suite struct OddInputTests {
  private static let values: [[Double?]] = [
    [], [nil], [.nan, .infinity], [-.infinity, 1], [0], [-5, -7], [1e308, -1e308], [.leastNonzeroMagnitude],
    [.greatestFiniteMagnitude],
  ]

  @Test(arguments: values)
  func `charts of odd values are drawn in every form`(_ values: [Double?]) throws {
    let numbers = values.map { $0 ?? .nan }
    let names = values.indices.map { "c\($0)" } + ["more names than values"]
    let charts = [
      Chart(
        title: "", .bars(BarPlot(categoryTitle: "", categories: names, series: [.init("", values)], axis: Axis("")))),
      Chart(
        title: "t",
        .lines(
          LinePlot(
            series: [.init("", zip(numbers, numbers.reversed()).map { .init($0, $1, label: "l") })],
            xAxis: Axis("", includesZero: false), yAxis: Axis(""), guides: [.init(.y, at: .nan, label: "g")]))),
      Chart(title: "t", .histogram(Histogram(of: numbers, axis: Axis(""), countTitle: ""))),
    ]
    for chart in charts {
      #expect(try chart.png(scale: 1).bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      #expect(chart.svg().hasSuffix("</svg>\n") && chart.vegaLite().hasSuffix("}"))
      #expect(chart.plainText(width: -3).split(separator: "\n").allSatisfy { $0.count <= 24 || $0.contains("e") })
    }
  }

  @Test func `tables of odd shapes are rendered in every form`() {
    var table = Table(columns: [Column(id: "a", title: "A", kind: .bar(.exact, maximum: 0))])
    table.visibleRowCount = -1
    table.rowLimit = -1
    for rows in [[], [Row([])], [Row([.number(.infinity), .text("one too many")]), Row([.text("word")])]] {
      table.rows = rows
      let document = Document(blocks: [.table(table), .table(Table(columns: []))])
      #expect(document.html().contains("<table>") && document.plainText(width: 0).contains("A"))
      #expect(table.csv().hasPrefix("a\r\n") && table.json().hasPrefix("{"))
    }
  }

  @Test func `galleries of odd cards are drawn`() throws {
    let sliver = try Picture(width: 1, height: 4000, pixels: [UInt8](repeating: 9, count: 12_000))
    let bars = BarList(title: "", bars: [.init("", .nan), .init("", -1), .init("", .infinity)], maximum: -2)
    var grid = ImageGrid(cards: [PictureCard(caption: "", picture: sliver, barLists: [bars])])
    grid.columnCount = -4
    #expect(try grid.png().width == 760)
    #expect(Document(blocks: [.gallery(grid)]).html().contains("<img"))
    grid.cards = []
    #expect(try grid.png().height > 0)
    #expect(throws: DocumentError.self) {
      try ImageGrid(cards: [
        PictureCard(caption: "", barLists: [BarList(title: "", bars: Array(repeating: .init("", 1), count: 5000))])
      ])
      .png()
    }
  }
}
