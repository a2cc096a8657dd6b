/// Writes the blocks of a document as HTML that needs neither style nor script to be read.
struct HTMLRenderer {
  let options: HTMLOptions
  private(set) var features: StyleSheet.Features = []
  private(set) var text = ""
  var pictures: PictureBudget
  var detailsLeft: Int
  /// How many pictures, and how many details of rows, there was no room for.
  var omittedCounts = (pictures: 0, details: 0)

  init(options: HTMLOptions, document: Document) {
    self.options = options
    pictures = PictureBudget(characters: options.pictureBudget, pictureCount: document.pictureCount)
    detailsLeft = options.detailsBudget
  }

  /// What there was no room for.
  var omissions: [String] {
    let (pictures, details) = omittedCounts
    return [
      pictures > 0 ? Table.Noun("picture", "pictures").counted(pictures) + " left out to keep it small" : nil,
      details > 0 ? "details of " + Table.Noun("row", "rows").counted(details) + " left out to keep it small" : nil,
    ].compactMap(\.self)
  }

  mutating func add(_ html: String) {
    text += html
  }

  mutating func use(_ feature: StyleSheet.Features) {
    features.formUnion(feature)
  }

  mutating func write(_ document: Document) {
    if !document.title.isEmpty { add("<h3>\(escapedHTML(document.title))</h3>\n") }
    if !document.subtitle.isEmpty { add("<p class=\"octet-sub\">\(Self.inline(document.subtitle))</p>\n") }
    for block in document.blocks { write(block) }
  }

  mutating func write(_ block: Block) {
    switch block {
    case .heading(let text, let level):
      let tag = "h\(min(max(level, 1), 3) + 3)"
      add("<\(tag)>\(escapedHTML(text))</\(tag)>\n")
    case .paragraph(let text): add("<p>\(Self.inline(text))</p>\n")
    case .list(let items):
      add("<ul>\n" + items.map { "<li>\(Self.inline($0))</li>\n" }.joined() + "</ul>\n")
    case .facts(let facts): write(facts)
    case .table(let table): write(table)
    case .chart(let chart): write(chart)
    case .gallery(let grid): write(grid)
    case .diagram(let diagram): write(diagram)
    case .callout(let callout): write(callout)
    case .progress(let bar): write(bar)
    case .details(let summary, let blocks):
      use(.details)
      add("<details class=\"octet-more\"><summary>\(escapedHTML(summary))</summary>\n")
      for block in blocks { write(block) }
      add("</details>\n")
    case .code(let code):
      use(.code)
      add("<pre><code>\(escapedHTML(code))</code></pre>\n")
    }
  }

  static func inline(_ text: RichText) -> String {
    text.runs.map { run in
      switch run.emphasis {
      case .plain: escapedHTML(run.text)
      case .strong: "<strong>\(escapedHTML(run.text))</strong>"
      case .code: "<code>\(escapedHTML(run.text))</code>"
      }
    }.joined()
  }

  private mutating func write(_ list: FactList) {
    guard !list.facts.isEmpty else { return }
    use(.facts)
    add("<table class=\"octet-\(list.style == .headline ? "figures" : "facts")\">\n")
    for fact in list.facts {
      let note = fact.note.isEmpty ? "" : " <span class=\"octet-quiet\">\(escapedHTML(fact.note))</span>"
      add(
        "<tr>\(Self.rowHeader(fact.label))"
          + "<td style=\"text-align:left\"><strong>\(escapedHTML(fact.value))</strong>\(note)</td></tr>\n")
    }
    add("</table>\n")
  }

  private mutating func write(_ callout: Callout) {
    use(.callout)
    add(
      "<div class=\"octet-callout octet-\(callout.kind.rawValue)\" role=\"note\">"
        + "<p><strong>\(callout.kind.label):</strong> \(Self.inline(callout.text))</p></div>\n")
  }

  private mutating func write(_ bar: ProgressBar) {
    use(.progress)
    let label = escapedHTML(bar.label)
    let detail = bar.detail.isEmpty ? "" : " <span class=\"octet-quiet\">\(escapedHTML(bar.detail))</span>"
    if let fraction = bar.clampedFraction {
      let percent = NumberFormat(.decimals(0), unit: "%", showsBounds: false).string(for: fraction)
      add(
        "<p class=\"octet-progress\"><span>\(label)</span> "
          + "<progress max=\"1\" value=\"\(Self.attribute(fraction))\" aria-label=\"\(label)\">"
          + "\(BlockBar.text(fraction, width: 20))</progress> <strong>\(percent)</strong>\(detail)</p>\n")
    } else {
      add(
        "<p class=\"octet-progress\"><span>\(label)</span> <progress aria-label=\"\(label)\"></progress>\(detail)</p>\n"
      )
    }
  }

  private mutating func write(_ chart: Chart) {
    use(.chart)
    let text = escapedHTML(chart.plainText(width: 80))
    if let png = try? chart.png() {
      add(
        "<p class=\"octet-chart\">"
          + Self.unseenAsText(
            "<img src=\"\(png.dataURL)\" width=\"\(png.width)\" height=\"\(png.height)\""
              + " alt=\"\(escapedHTML(chart.alternativeText))\">") + "</p>\n")
      use(.details)
      add("<details class=\"octet-more\"><summary>The chart as text</summary>\n<pre>\(text)</pre></details>\n")
    } else {
      add("<pre>\(text)</pre>\n")
    }
  }

  private mutating func write(_ diagram: GraphDiagram) {
    let text = escapedHTML(diagram.alternativeText)
    guard let png = try? diagram.png(scale: 1.5) else {
      add("<p>\(text)</p>\n")
      return
    }
    use(.chart)
    add(
      "<p class=\"octet-chart\">"
        + Self.unseenAsText(
          "<img src=\"\(png.dataURL)\" width=\"\(png.width)\" height=\"\(png.height)\" alt=\"\(text)\">") + "</p>\n")
  }

  /// HTML that nobody wants to read where it is shown as text instead of being obeyed.
  ///
  /// Pages that nbconvert makes with `--sanitize_html` show elements that they do not allow as text: pictures as their
  /// bytes. They do keep this element and its class, and their style hides it; ours shows it, and other pages have no
  /// rule for it.
  static func unseenAsText(_ html: String) -> String { "<a class=\"anchor-link\">\(html)</a>" }

  /// A number as the value of an attribute: four significant digits are enough for a bar.
  static func attribute(_ fraction: Double) -> String {
    var digits = DecimalDigits(fraction)
    digits.round(decimals: 4)
    return digits.positional(decimals: 0, grouping: false)
  }
}
