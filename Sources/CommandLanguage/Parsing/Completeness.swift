/// Whether a text can run as it is, as a console asks before it runs a line.
public enum Completeness: Sendable, Hashable {
  /// It can be run.
  case complete
  /// It stops where more must follow; the next line begins with this white space.
  case incomplete(indent: String)
  /// No continuation makes it readable.
  case invalid

  /// Judges a text by its grammar alone: names and labels need not exist.
  public init(of text: String) {
    let source = SourceText(text)
    let (cell, diagnostics) = Parser.parse(source)
    if diagnostics.isEmpty {
      self = .complete
    } else if cell.endsEarly, diagnostics.count == 1, let last = cell.statements.last {
      let line = source.lineSpan(source.position(at: last.span.start).line)
      let blank = source.text(in: line).prefix { $0 == " " || $0 == "\t" }
      self = .incomplete(indent: blank + "  ")
    } else {
      self = .invalid
    }
  }
}
