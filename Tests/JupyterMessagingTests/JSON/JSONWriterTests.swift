import JupyterMessaging
import Testing

@Suite struct JSONWriterTests {
  static let cases: [(JSONValue, String)] = [
    (nil, "null"), (true, "true"), (.integer(.min), "-9223372036854775808"), (0.1, "0.1"), (1e21, "1e+21"),
    (.number(.nan), "null"), (.number(-.infinity), "null"), ("", #""""#), ("a\"\\/é😀", #""a\"\\/é😀""#),
    ("\u{0}\u{1f}\n\r\t\u{7f}", "\"\\u0000\\u001f\\n\\r\\t\u{7f}\""),
    ([1, "x", [:], []], #"[1,"x",{},[]]"#), (["b": 1, "a": ["c": nil]], #"{"b":1,"a":{"c":null}}"#),
  ]

  @Test(arguments: cases)
  func `writes`(value: JSONValue, text: String) {
    #expect(String(decoding: value.serialized, as: UTF8.self) == text)
  }

  @Test(arguments: JSONParserTests.valid)
  func `what was read is read again from what is written`(_: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: value.serialized) == value)
  }
}
