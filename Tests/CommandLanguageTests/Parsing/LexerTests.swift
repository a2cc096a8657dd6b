import CommandLanguage
import Testing

@Suite struct LexerTests {
  static let numbers: [(String, Double, Int?, NumberUnit?)] = [
    ("0", 0, 0, nil), ("-12", -12, -12, nil), ("+7", 7, 7, nil), ("0.5", 0.5, nil, nil), (".25", 0.25, nil, nil),
    ("1e3", 1000, 1000, nil), ("2.5E-1", 0.25, nil, nil), ("50%", 50, 50, .percent), ("5ms", 5, 5, .milliseconds),
    ("1.5GB", 1.5, nil, .gigabytes), ("9223372036854775807", 0x1p63, Int.max, nil),
    ("9223372036854775808", 0x1p63, nil, nil), ("1e-999", 0, 0, nil),
  ]

  @Test(arguments: numbers)
  func `numbers keep value, wholeness and unit`(text: String, value: Double, integer: Int?, unit: NumberUnit?) {
    let (tokens, diagnostics) = Lexer.tokens(of: SourceText(text))
    #expect(diagnostics.isEmpty)
    guard case .number(let number) = tokens[0].kind else {
      Issue.record("not a number: \(tokens)")
      return
    }
    #expect(number.value == value)
    #expect(number.integer == integer)
    #expect(number.unit == unit)
    #expect(tokens.count == 2)
  }

  @Test func `units have bases`() {
    let bases = NumberUnit.allCases.map { $0.baseValue(of: 5) }
    #expect(bases == [0.05, 5, 0.005, 5_000_000, 5_000_000_000])
  }

  static let strings: [(String, String)] = [
    (#""a 'b' \"c\"""#, #"a 'b' "c""#), (#"'it\'s'"#, "it's"), (#""\n\t\r\\\0""#, "\n\t\r\\\0"),
    (#""\u{1F426}\u{e9}""#, "🐦é"), ("\"# no comment\"", "# no comment"), ("''", ""),
  ]

  @Test(arguments: strings)
  func `strings resolve their escapes`(text: String, value: String) {
    let (tokens, diagnostics) = Lexer.tokens(of: SourceText(text))
    #expect(diagnostics.isEmpty)
    #expect(tokens[0].kind == .string(value, isTerminated: true))
  }

  @Test func `ranges, sizes and words are told apart`() {
    let kinds = Lexer.tokens(of: SourceText("1..4 .5..1.5 224x32×3 x2 größe _a")).tokens.map(\.kind)
    #expect(
      kinds == [
        .number(NumberSyntax(1)), .dots, .number(NumberSyntax(4)), .number(NumberSyntax(0.5)), .dots,
        .number(NumberSyntax(1.5)), .size([224, 32, 3]), .word("x2"), .word("größe"), .word("_a"), .end,
      ])
  }

  @Test func `lines carry their indentation`() {
    let tokens = Lexer.tokens(of: SourceText("a b # c\n\n  \td\r\n\u{A0}e")).tokens
    #expect(tokens.map(\.indentation) == [0, 0, 8, 1, 1])
    #expect(tokens.map(\.startsLine) == [true, false, true, true, false])
  }
}
