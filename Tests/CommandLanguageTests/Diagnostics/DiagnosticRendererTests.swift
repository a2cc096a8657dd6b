import CommandLanguage
import Testing

@Suite struct DiagnosticRendererTests {
  @Test func `the place, the cause and the remedy are shown`() {
    let source = SourceText("a = load \"x\"\nint8 = calibrat a usng: photos")
    let diagnostic = Diagnostic(
      .unknownCommand, "there is no command `calibrat`", at: SourceSpan(20, 28), help: "did you mean `calibrate`?")
    #expect(
      DiagnosticRenderer(source).text(for: diagnostic) == """
        error: there is no command `calibrat`
         2 | int8 = calibrat a usng: photos
           |        ^^^^^^^^
        help: did you mean `calibrate`?
        """)
  }

  @Test func `notes show their own lines, and expected words stand in for help`() {
    let source = SourceText(String(repeating: "\n", count: 8) + "f a: 1\n  a: 2")
    let diagnostic = Diagnostic(
      .repeatedLabel, severity: .warning, "twice", at: SourceSpan(17, 18), expected: ["b:", "c:"],
      notes: [.init("first given here", span: SourceSpan(10, 11)), .init("so it is")])
    #expect(
      DiagnosticRenderer(source).text(for: diagnostic) == """
        warning: twice
         10 |   a: 2
            |   ^
          9 | f a: 1
            |   - first given here
        note: so it is
        help: expected b:, c:
        """)
  }

  @Test func `carets stand under wide, combining, tabbed and invisible characters`() {
    let source = SourceText("日本\te\u{301}\u{1B}x\u{200B}y")
    let place = source.text.utf8.count
    let text = DiagnosticRenderer(source).text(
      for: Diagnostic(.wrongType, "m\u{1B}[2J", at: SourceSpan(place - 1, place)))
    #expect(text == "error: m\\u{1B}[2J\n 1 | 日本    e\u{301}\u{FFFD}xy\n   |            ^")
  }

  @Test func `an empty place gets one caret, also at the end of the text`() {
    let text = DiagnosticRenderer(SourceText("x =")).text(for: Diagnostic(.wrongType, "m", at: SourceSpan(3, 3)))
    #expect(text == "error: m\n 1 | x =\n   |    ^")
    #expect(
      DiagnosticRenderer(SourceText("")).text(for: Diagnostic(.wrongType, "m", at: SourceSpan(9, 12)))
        == "error: m\n 1 | \n   | ^")
  }

  @Test func `a place that goes on over lines is marked on its first`() {
    let text = DiagnosticRenderer(SourceText("ab [1,\n2]")).text(for: Diagnostic(.wrongType, "m", at: SourceSpan(3, 9)))
    #expect(text == "error: m\n 1 | ab [1,\n   |    ^^^")
  }

  @Test func `long lines are cut around the place`() {
    let source = SourceText(String(repeating: "a", count: 1000) + "!" + String(repeating: "b", count: 1000))
    let renderer = DiagnosticRenderer(source, width: 20)
    #expect(
      renderer.text(for: Diagnostic(.wrongType, "m", at: SourceSpan(1000, 1001)))
        == "error: m\n 1 | …aaaaaaaaa!bbbbbbbb…\n   |           ^")
    #expect(
      renderer.text(for: Diagnostic(.wrongType, "m", at: SourceSpan(0, 2001)))
        == "error: m\n 1 | aaaaaaaaaaaaaaaaaaa…\n   | ^^^^^^^^^^^^^^^^^^^^")
  }

  @Test func `colours are red, green and yellow only`() {
    let renderer = DiagnosticRenderer(SourceText("x"), usesColor: true)
    let diagnostic = Diagnostic(.wrongType, "m", at: SourceSpan(0, 1), help: "h", notes: [.init("n")])
    #expect(
      renderer.lines(for: diagnostic) == [
        "\u{1B}[31merror\u{1B}[0m: m", " 1 | x", "   | \u{1B}[31m^\u{1B}[0m", "\u{1B}[33mnote\u{1B}[0m: n",
        "\u{1B}[32mhelp\u{1B}[0m: h",
      ])
  }

  @Test func `a flood is cut`() {
    let diagnostics = (0..<5).map { Diagnostic(.wrongType, "m\($0)", at: SourceSpan(0, 1)) }
    let text = DiagnosticRenderer(SourceText("x")).text(for: diagnostics, limit: 2)
    #expect(text == "error: m0\n 1 | x\n   | ^\n\nerror: m1\n 1 | x\n   | ^\n\n… and 3 more")
  }
}
