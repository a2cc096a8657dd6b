import Reports
import Testing

@Suite("Plain data")
struct DataValueTests {
  @Test(
    arguments: [
      (nil, "null"), (true, "true"), (12, "12"), (.number(0.1), "0.1"), (.number(.nan), "null"),
      (.string("a\"b\\c\n\u{1}é😀"), #""a\"b\\c\n\u0001é😀""#), ([1, [2], [:]], "[1, [2], {}]"),
      (["a": 1, "b": nil], #"{"a": 1, "b": null}"#),
    ] as [(DataValue, String)])
  func json(value: DataValue, text: String) {
    #expect(value.json == text)
  }
}
