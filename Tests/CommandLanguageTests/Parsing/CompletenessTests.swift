import CommandLanguage
import Testing

@Suite struct CompletenessTests {
  static let cases: [(String, Completeness)] = [
    ("", .complete), ("load \"a\"", .complete), ("unknown x y: 1", .complete), ("# note", .complete),
    ("load \"a\"\n  mean: 1", .complete),
    ("load \"a\" mean: [1,", .incomplete(indent: "  ")), ("load \"a\" mean:", .incomplete(indent: "  ")),
    ("x =", .incomplete(indent: "  ")), ("f where: a > 1 and", .incomplete(indent: "  ")),
    ("f where: (a > 1", .incomplete(indent: "  ")), ("  f a: [", .incomplete(indent: "    ")),
    ("f 1..", .incomplete(indent: "  ")),
    ("load \"a", .invalid), ("]", .invalid), ("f )\ng a: [", .invalid), ("f a: [\"b", .invalid), ("x = = 1", .invalid),
  ]

  @Test(arguments: cases)
  func `a console knows when to run`(text: String, expected: Completeness) {
    #expect(Completeness(of: text) == expected)
  }
}
