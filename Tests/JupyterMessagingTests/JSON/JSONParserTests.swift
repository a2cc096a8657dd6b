import JupyterMessaging
import Testing

@Suite struct JSONParserTests {
  static let valid: [(String, JSONValue)] = [
    ("null", nil), (" true\n", true), ("false", false), ("0", 0), ("-12", -12), ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.5", 1.5), ("-0.25e2", -25.0), ("1E+2", 100.0),
    (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"), (#""é\u00e9\u20ac""#, "éé€"),
    (#""\ud83d\ude00😀""#, "😀😀"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\udc00\ud83d\u0041""#, "\u{FFFD}\u{FFFD}A"),
    ("[]", []), ("[1, [2], {}]", [1, [2], [:]]), ("{}", [:]),
    (#"{"b": 1, "a": [null]}"#, ["b": 1, "a": [nil]]),
  ]

  @Test(arguments: valid)
  func `reads`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text.utf8) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "True", "NaN", "Infinity", "-", "01", "1.", ".5", "1e", "+1", "1e999", "\"", "\"a", "\"\\",
    "\"\\x\"",
    "\"\\u12g4\"", "\"\\u12", "\"\n\"", "[", "[1", "[1,", "[1,]", "[1 2]", "{", "{1:2}", "{\"a\"}", "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\":1", "1 2", "]", "'a'", "/**/1",
  ])
  func `refuses`(text: String) {
    #expect { try JSONValue(parsing: text.utf8) } throws: { ($0 as? MessagingError)?.code == .invalidJSON }
  }

  @Test(arguments: [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xEF, 0xBB, 0xBF, 0x31],
  ])
  func `refuses bytes that are not UTF-8`(bytes: [UInt8]) {
    #expect(throws: MessagingError.self) { try JSONValue(parsing: bytes) }
  }

  @Test func `names the byte at which text goes wrong`() {
    #expect {
      try JSONValue(parsing: #"{"a": tru}"#.utf8)
    } throws: {
      "\($0)" == "byte 9: expected true"
    }
  }

  @Test func `survives nesting of any depth`() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try JSONValue(parsing: nested(256).utf8)
    #expect(throws: MessagingError.self) { try JSONValue(parsing: nested(257).utf8) }
    #expect(throws: MessagingError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000).utf8) }
  }
}
