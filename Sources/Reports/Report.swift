public import Documents

/// What a command found out, ready to be shown in several forms.
///
/// A report is one file here, and a value that can be kept under a name.
public protocol Report: Sendable {
  /// The report as a page.
  var document: Document { get }
  /// The page as it is where pictures do not show.
  var textDocument: Document { get }
  /// Charts that a notebook shows beside the page, each by itself.
  var charts: [Chart] { get }
  /// Whether the charts stand behind the page rather than before it.
  var chartsFollow: Bool { get }
  /// The pictures of which the report's PNG is made; nil where it has none.
  var gallery: ImageGrid? { get }
  /// The report as plain data, as `octet run --json` writes it.
  var data: DataValue { get }
  /// The report for a terminal.
  var plainText: String { get }
  /// The report in the forms that a notebook chooses from, without the charts.
  var bundle: MIMEBundle { get }
}

extension Report {
  /// The page with its charts, as a file holds it.
  public var pageWithCharts: Document {
    var page = document
    let charts = charts.map(Block.chart)
    if chartsFollow { page.blocks += charts } else { page.blocks = charts + page.blocks }
    return page
  }

  /// The page as it is.
  public var textDocument: Document { document }
  /// No charts.
  public var charts: [Chart] { [] }
  /// Before the page.
  public var chartsFollow: Bool { false }
  /// No pictures.
  public var gallery: ImageGrid? { nil }
  /// The charts and the page.
  public var plainText: String {
    let charts = charts.map { $0.plainText() }
    let page = [textDocument.plainText()]
    return (chartsFollow ? page + charts : charts + page).map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(
      separator: "\n")
  }

  /// HTML, the gallery as PNG where there is one, and text. A picture that cannot be drawn is left out.
  public var bundle: MIMEBundle {
    var entries = [MIMEBundle.Entry(mediaType: "text/html", content: .text(document.html()))]
    if let gallery, !gallery.cards.isEmpty, let png = try? gallery.png() {
      entries.append(png.entry(alternative: gallery.alternative))
    }
    entries.append(MIMEBundle.Entry(mediaType: "text/plain", content: .text(textDocument.plainText())))
    return MIMEBundle(entries)
  }

  /// The first table's columns and rows and the facts of the document.
  public var data: DataValue {
    var members: [DataValue.Member] = []
    for case .facts(let facts) in document.blocks {
      if case .object(let more) = DataValue.object(of: facts) { members += more }
    }
    if let table = document.tables.first { members += DataValue.columnsAndRows(of: table) }
    return .object(members)
  }
}
