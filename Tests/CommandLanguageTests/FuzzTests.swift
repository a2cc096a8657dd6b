import CommandLanguage
import Testing

/// Whatever is typed, every service gives an answer whose places lie in the text.
@Suite struct FuzzTests {
  private static let pieces = [
    "load", "report", "predictions", "calibrate", "parent", "photos", "limit", "using", "where", "mean", "and", "or",
    "contains", "rank", "true", "x", "=", "==", "!=", "<", ">=", ":", ": ", ";", ",", "[", "]", "(", ")", "..", "\"",
    "'", "\\", "\\u{", "}", "\n", "\n  ", "\r\n", "\t", " ", "#", "%", "ms", "GB", "-", "+", ".", "1", "0.5", "1e400",
    "224x224", "9223372036854775807", "99999999999999999999", "é", "e\u{301}", "🐦", "\u{200B}", "\u{1B}", "\0", "日本",
    "\u{2028}",
    "\u{FEFF}", "benchmark", "streams", "help", "visualize", "\"a\"", "photos[\"b\"]", "$", "“",
  ]

  @Test(arguments: 0..<40)
  func `random pieces and bytes neither trap nor loop`(batch: UInt64) {
    for seed in (batch * 150)..<(batch * 150 + 150) {
      var generator = SeededGenerator(seed: seed)
      let text: String
      if seed % 3 == 0 {
        let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
          UInt8(truncatingIfNeeded: generator.next())
        }
        text = String(decoding: bytes, as: UTF8.self)
      } else {
        let count = Int.random(in: 0...25, using: &generator)
        text = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }.joined(
          separator: seed % 3 == 1 ? "" : " ")
      }
      check(text, cursor: Int.random(in: -3...(text.utf8.count + 3), using: &generator), seed: seed)
    }
  }

  private func check(_ text: String, cursor: Int, seed: UInt64) {
    let source = SourceText(text)
    let (cell, syntax) = Parser.parse(source)
    let binder = Binder(Sample.vocabulary)
    let semantic = binder.check(cell, in: Sample.scope)
    #expect(cell.statements.contains(where: \.hasErrors) == false || !syntax.isEmpty, "seed \(seed)")
    for statement in cell.statements {
      let (bound, diagnostics) = binder.bind(statement, in: Sample.scope)
      #expect(bound != nil || !diagnostics.isEmpty || !syntax.isEmpty, "seed \(seed)")
    }
    for diagnostic in syntax + semantic { #expect(diagnostic.span.end <= source.utf8Count, "seed \(seed)") }
    let renderer = DiagnosticRenderer(source, usesColor: false, width: 30)
    let rendered = renderer.text(for: syntax + semantic)
    #expect(
      !rendered.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control }, "seed \(seed)")
    let completion = Completer(Sample.vocabulary).complete(
      source, at: cursor, in: Sample.scope, source: SampleCompletionSource())
    #expect(completion.replaced.end <= source.utf8Count, "seed \(seed)")
    #expect(completion.replaced.touches(source.offset(ofScalar: source.scalarOffset(of: cursor))), "seed \(seed)")
    if let inspection = Inspector(Sample.vocabulary).inspect(source, at: cursor, in: Sample.scope) {
      #expect(!inspection.page.text.isEmpty, "seed \(seed)")
    }
    let completeness = Completeness(of: text)
    #expect((completeness == .complete) == syntax.isEmpty, "seed \(seed)")
    if syntax.isEmpty {
      #expect(Outline.of(Parser.parse(cell.description).cell) == Outline.of(cell), "seed \(seed): \(cell)")
    }
  }

  @Test func `long texts are read in one go`() {
    let many = String(repeating: "x = load \"a\" mean: [1, 2] ; ] ", count: 20_000)
    #expect(Parser.parse(many).cell.statements.count == 20_001)
    let wide = "f where: a = 1" + String(repeating: " and a = 1", count: 50_000)
    #expect(Parser.parse(wide).diagnostics.isEmpty)
    let long = "f \"" + String(repeating: "a", count: 1_000_000)
    let rendered = DiagnosticRenderer(SourceText(long)).text(for: Parser.parse(long).diagnostics)
    #expect(rendered.utf8.count < 1000)
    let word = String(repeating: "é", count: 100_000)
    let unknown = Binder(Sample.vocabulary).check(Parser.parse(word).cell, in: Sample.scope)
    #expect(unknown.count == 1)
    #expect(DiagnosticRenderer(SourceText(word)).text(for: unknown).count < 1000)
    let typos = (0..<20_000).map { "name\($0) = load \"a\"; calibrate nam\($0)x" }.joined(separator: "\n")
    #expect(Binder(Sample.vocabulary).check(Parser.parse(typos).cell, in: Sample.scope).count == 100)
  }
}
