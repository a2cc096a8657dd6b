import Documents
import Foundation
import Testing

@Suite struct HTMLRulesTests {
  private static func parts(_ html: String) throws -> (scope: String, style: String, script: String) {
    func between(_ start: String, _ end: String) throws -> String {
      let from = try #require(html.range(of: start)).upperBound
      return String(html[from..<(try #require(html.range(of: end, range: from..<html.endIndex))).lowerBound])
    }
    return (
      try between("<div class=\"octet ", "\""), try between("<style>", "</style>"), try between("<script>", "</script>")
    )
  }

  @Test func `every style rule applies inside the document only`() throws {
    let (scope, style, _) = try Self.parts(try Samples.document().html())
    let selectors = style.split(separator: "}").compactMap { $0.split(separator: "{").first }
      .flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { !$0.isEmpty && !$0.hasPrefix("@supports") }
    #expect(selectors.count > 50)
    for selector in selectors { #expect(selector.contains(".octet.\(scope)"), "\(selector)") }
    #expect(style.count { $0 == "{" } == style.count { $0 == "}" })
  }

  @Test func `one style, one script, no ids, nothing from elsewhere`() throws {
    let html = try Samples.document().html()
    #expect(html.components(separatedBy: "<style>").count == 2 && html.components(separatedBy: "<script>").count == 2)
    #expect(!html.contains(" id=\"") && !html.contains("http") && !html.contains("@import") && !html.contains("url("))
    let script = try Self.parts(html).script
    #expect(!script.contains("</") && !script.contains("<!--"))
    #expect(script.contains("octetReady"))
  }

  @Test func `documents differ in scope, and the same document gives the same bytes`() throws {
    let document = try Samples.document()
    var other = document
    other.append(.paragraph("More."))
    #expect(document.html() == document.html())
    #expect(try Self.parts(document.html()).scope != Self.parts(other.html()).scope)
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\" onerror='x' a=\"", "&quot; onerror=&#39;x&#39; a=&quot;"),
    ("a & b &amp; c", "a &amp; b &amp;amp; c"),
    ("nul\u{0}bell\u{7}c1\u{85}", "nul\u{FFFD}bell\u{FFFD}c1\u{FFFD}"),
    ("photo\u{202E}gpj.exe", "photo[U+202E]gpj.exe"), ("a\u{2066}b\u{200F}c", "a[U+2066]b[U+200F]c"),
    ("</style></title><!--", "&lt;/style&gt;&lt;/title&gt;&lt;!--"), ("一\u{301}👩‍👩‍👧", "一\u{301}👩‍👩‍👧"),
  ])
  func `hostile words are shown, not obeyed`(_ hostile: String, _ expected: String) throws {
    let card = PictureCard(
      caption: hostile, picture: try Samples.gradient(width: 2, height: 2), pictureDescription: hostile,
      verdict: .init(hostile), barLists: [BarList(title: hostile, bars: [.init(hostile, 0.5)])], note: hostile)
    let table = Table(
      title: hostile, columns: [Column(id: hostile, title: hostile, help: hostile)],
      rows: [Row([.text(hostile)], isFlagged: true, details: card), Row([.category(id: 1, name: hostile)])],
      sort: [.ascending(hostile)], visibleRowCount: 1, flag: .init(id: hostile, label: hostile, filterLabel: hostile),
      noun: .init(hostile, hostile), detailsTitle: hostile, detailsLabel: hostile)
    let chart = Chart(
      title: hostile,
      .bars(
        BarPlot(
          categoryTitle: hostile, categories: [hostile], series: [.init(hostile, [1]), .init("b", [2])],
          axis: Axis(hostile, format: .decimals(1, unit: hostile)))))
    let document = Document(
      title: hostile, subtitle: .code(hostile) + .strong(hostile),
      blocks: [
        .heading(hostile, level: 9), .paragraph(RichText(hostile)), .list([RichText(hostile)]),
        .facts(FactList([.init(hostile, hostile, note: hostile)])), .table(table), .chart(chart),
        .gallery(ImageGrid(title: hostile, cards: [card])), .callout(Callout(.note, RichText(hostile))),
        .progress(ProgressBar(label: hostile, fraction: 0.2, detail: hostile)),
        .details(summary: hostile, blocks: [.code(hostile)]),
      ])
    for text in [document.htmlPage(), chart.svg()] {
      #expect(text.contains(expected))
      if hostile != expected { #expect(!text.contains(hostile)) }
    }
    for text in [document.plainText(), chart.vegaLite()] where hostile.unicodeScalars.contains("\u{202E}") {
      #expect(!text.contains("\u{202E}") && text.contains("[U+202E]"))
    }
    #expect(!document.plainText().unicodeScalars.contains("\u{0}") && !chart.vegaLite().contains("<"))
    #expect(try JSONSerialization.jsonObject(with: Data(chart.vegaLite().utf8)) is [String: Any])
  }

  @Test func `fifty thousand rows stay below two megabytes and say what is left out`() throws {
    let picture = try Samples.gradient(width: 160, height: 120)
    var table = try Samples.predictions()
    table.rows = (0..<50_000).map { index in
      var row = Row(
        [.text("image\(index).jpg"), .category(id: index % 12, name: "class"), .integer(index % 7), .number(0.5)])
      row.isFlagged = index % 100 == 0
      row.details = Samples.card("image", optimized: "4 bird", parent: "4 bird", picture: picture)
      return row
    }
    let html = Document(blocks: [.table(table)]).html()
    #expect(html.utf8.count < 2_000_000)
    #expect(html.contains("49,000 more images not shown here; an export holds all."))
    #expect(html.contains("in the exported report"))
    #expect(table.csv().utf8.count { $0 == 10 } == 50_001)
  }
}
