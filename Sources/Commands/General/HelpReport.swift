public import CommandLanguage
public import Documents
public import Reports

/// A page of help.
public struct HelpReport: Report {
  private let page: HelpPage
  /// Figures of what the page is about.
  private let facts: [Block]

  /// Shows a page.
  ///
  /// - Parameter value: what the name stands for that the page is about; its figures are shown too.
  public init(_ page: HelpPage, about value: SessionValue? = nil) {
    self.page = page
    facts = (value?.report.document.blocks ?? []).filter { if case .facts = $0 { true } else { false } }
  }

  /// The page for a terminal.
  public var plainText: String { text + "\n" }

  /// The text of the page.
  public var data: DataValue { .string(page.text) }

  private var text: String {
    facts.isEmpty ? page.text : page.text + "\n\n" + Document(blocks: facts).plainText()
  }

  /// The page as a document.
  public var document: Document {
    var blocks: [Block] = []
    if !page.usage.isEmpty, page.usage != page.title { blocks.append(.code(page.usage)) }
    blocks += page.discussion.paragraphs.map { .paragraph(RichText(marked: $0)) }
    blocks += page.sections.map { .table(Self.table($0)) }
    if !page.examples.isEmpty {
      blocks.append(.heading("Examples", level: 2))
      for example in page.examples {
        let comment = example.summary.isEmpty ? "" : "# \(example.summary)\n"
        blocks.append(.code(comment + example.text + (example.shows.map { "\n→ \($0)" } ?? "")))
      }
    }
    return Document(title: page.title, subtitle: RichText(marked: page.summary), blocks: blocks + facts)
  }

  /// HTML, and the text as a terminal shows it.
  public var bundle: MIMEBundle {
    MIMEBundle([
      .init(mediaType: "text/html", content: .text(document.html())),
      .init(mediaType: "text/plain", content: .text(text)),
    ])
  }

  private static func table(_ section: HelpPage.Section) -> Table {
    var columns = [Column(id: "name", title: section.title)]
    let hasTypes = section.rows.contains { !$0.type.isEmpty }
    let hasAbsence = section.rows.contains { !$0.absence.isEmpty }
    if hasTypes { columns.append(Column(id: "type", title: "Takes")) }
    if hasAbsence { columns.append(Column(id: "default", title: "Without it")) }
    columns.append(Column(id: "summary", title: "Meaning"))
    let rows = section.rows.map { row in
      Row(
        [.text(row.name)] + (hasTypes ? [.text(row.type)] : []) + (hasAbsence ? [.text(row.absence)] : [])
          + [.text(row.summary)])
    }
    return Table(columns: columns, rows: rows, visibleRowCount: 100)
  }
}

extension RichText {
  /// Text in which what stands between grave accents is code.
  fileprivate init(marked text: String) {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    self.init(
      runs: parts.enumerated().filter { !$0.element.isEmpty }.map { index, part in
        Run(String(part), index.isMultiple(of: 2) ? .plain : .code)
      })
  }
}

extension String {
  /// The parts between empty lines, each on one line.
  fileprivate var paragraphs: [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false) + [Substring()] {
      if !line.isEmpty {
        lines.append(line)
      } else if !lines.isEmpty {
        paragraphs.append(lines.joined(separator: " "))
        lines = []
      }
    }
    return paragraphs
  }
}
