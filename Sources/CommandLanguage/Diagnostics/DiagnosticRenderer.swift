/// Writes diagnostics as text: what is wrong, the source line with carets under the place, and what to do.
public struct DiagnosticRenderer: Sendable {
  /// The text that the diagnostics speak of.
  public var source: SourceText
  /// Whether to colour with ANSI sequences, of which only 31 (red), 32 (green) and 33 (yellow) are used.
  public var usesColor: Bool
  /// The widest source excerpt in columns; longer lines are cut around the place.
  public var width: Int

  /// A renderer for diagnostics of `source`; `width` is at least 20.
  public init(_ source: SourceText, usesColor: Bool = false, width: Int = 100) {
    self.source = source
    self.usesColor = usesColor
    self.width = max(20, width)
  }

  /// All diagnostics, separated by blank lines; behind `limit` of them, how many more there are.
  public func text(for diagnostics: [Diagnostic], limit: Int = 20) -> String {
    var parts = diagnostics.prefix(limit).map { text(for: $0) }
    if diagnostics.count > limit { parts.append("… and \(diagnostics.count - limit) more") }
    return parts.joined(separator: "\n\n")
  }

  /// One diagnostic, without a line end behind its last line.
  public func text(for diagnostic: Diagnostic) -> String { lines(for: diagnostic).joined(separator: "\n") }

  /// One diagnostic, line by line, as a Jupyter traceback wants it.
  public func lines(for diagnostic: Diagnostic) -> [String] {
    let tint: Tint = diagnostic.severity == .error ? .red : diagnostic.severity == .warning ? .yellow : .green
    var lines = [paint(diagnostic.severity.rawValue, tint) + ": " + clean(diagnostic.message)]
    let places = [diagnostic.span] + diagnostic.notes.compactMap(\.span)
    let gutter = places.map { String(source.position(at: $0.start).line).count }.max() ?? 1
    lines += excerpt(diagnostic.span, label: nil, mark: "^", tint: tint, gutter: gutter)
    for note in diagnostic.notes {
      if let span = note.span {
        lines += excerpt(span, label: note.message, mark: "-", tint: .yellow, gutter: gutter)
      } else {
        lines.append(paint("note", .yellow) + ": " + clean(note.message))
      }
    }
    if let help = diagnostic.help {
      lines.append(paint("help", .green) + ": " + clean(help))
    } else if !diagnostic.expected.isEmpty {
      let shown = diagnostic.expected.prefix(12).joined(separator: ", ")
      lines.append(paint("help", .green) + ": expected " + clean(shown) + (diagnostic.expected.count > 12 ? ", …" : ""))
    }
    return lines
  }

  private func excerpt(_ span: SourceSpan, label: String?, mark: String, tint: Tint, gutter: Int) -> [String] {
    let number = source.position(at: span.start).line
    let place = source.lineSpan(number)
    let line = DisplayedLine(place, of: source)
    let start = line.column(ofByte: span.start - place.start)
    let end = max(start + 1, line.column(ofByte: min(span.end, place.end) - place.start))
    let window = line.window(around: start, width: width)
    let from = start - window.lowerBound
    let length = max(1, min(end, max(window.upperBound, start + 1)) - start)
    let margin = String(repeating: " ", count: gutter - String(number).count + 1)
    let marks = String(repeating: mark, count: length) + (label.map { " " + clean($0) } ?? "")
    return [
      "\(margin)\(number) | \(line.text(in: window))",
      String(repeating: " ", count: gutter + 1) + " | " + String(repeating: " ", count: from) + paint(marks, tint),
    ]
  }

  /// The text, cut after 600 characters, with invisible ones as escapes, so that nothing typed can drive the terminal.
  private func clean(_ text: String) -> String {
    let isLong = text.unicodeScalars.count > 600
    guard isLong || text.unicodeScalars.contains(where: \.isInvisible) else { return text }
    var result = ""
    for scalar in text.unicodeScalars.prefix(600) {
      result += scalar.isInvisible ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }
    return isLong ? result + "…" : result
  }

  private enum Tint: Int { case red = 31, green, yellow }

  private func paint(_ text: String, _ tint: Tint) -> String {
    usesColor ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
