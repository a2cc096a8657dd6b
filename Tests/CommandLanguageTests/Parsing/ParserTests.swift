import CommandLanguage
import Testing

@Suite struct ParserTests {
  static let trees: [(String, String)] = [
    ("environment", "(run environment)"),
    ("m = load \"a\"", "(assign m (run load (string 61)))"),
    ("load = load 'a'; load", "(assign load (run load (string 61)))\n(run load)"),
    ("1\n'a'\ntrue", "(show (number 1))\n(show (string 61))\n(show (bool true))"),
    ("x = -1.5", "(assign x (show (number bits 13832806255468478464)))"),
    ("photos[\"a\"]", "(show (element photos (string 61)))"),
    ("visualize int8 photos[3]", "(run visualize int8 (element photos (number 3)))"),
    ("f photos [3]", "(run f photos (list (number 3)))"),
    ("report predictions int8", "(run report predictions int8)"),
    (
      "f a: 5 ms b: 50 % c: 1..4",
      "(run f (a: (number 5 milliseconds)) (b: (number 50 percent)) (c: (range (number 1) (number 4))))"
    ),
    ("f 5 s: 1", "(run f (number 5) (s: (number 1)))"),
    ("f a: [] b: [1, [x, 2x3],]", "(run f (a: (list )) (b: (list (number 1) (list x (size 2 3)))))"),
    ("f a : 1 where: true", "(run f (a: (number 1)) (where: (bool true)))"),
    ("f where: rank > 0 sort: rank", "(run f (where: (> rank (number 0))) (sort: rank))"),
    (
      "f where: a = 1 or b == x and \"c d\" contains 'y' and e != true",
      "(run f (where: (or (= a (number 1)) (and (= b x) (contains c d (string 79)) (!= e (bool true))))))"
    ),
    (
      "f where: (a < 1 or b >= 50%) and c <= 2",
      "(run f (where: (and (or (< a (number 1)) (>= b (number 50 percent))) (<= c (number 2)))))"
    ),
    (
      "f where: (a = 1 and (b = 2 and c = 3))",
      "(run f (where: (and (= a (number 1)) (= b (number 2)) (= c (number 3)))))"
    ),
    (
      "load 'a'\n  mean: 1\n\n# note\n  scale: 2\nload 'b'",
      "(run load (string 61) (mean: (number 1)) (scale: (number 2)))\n(run load (string 62))"
    ),
    ("  load 'a'\n  load 'b'", "(run load (string 61))\n(run load (string 62))"),
    ("load a: [\n1,\n2\n] b: 3", "(run load (a: (list (number 1) (number 2))) (b: (number 3)))"),
    ("f where: (\na = 1\n)", "(run f (where: (= a (number 1))))"),
    (";;\n;", ""), ("", ""), ("# only a comment", ""),
  ]

  @Test(arguments: trees)
  func `text gives its tree`(text: String, outline: String) {
    let (cell, diagnostics) = Parser.parse(text)
    #expect(diagnostics.isEmpty)
    #expect(Outline.of(cell) == outline)
  }

  @Test func `a notebook's worth of commands parses and prints as it was written`() {
    let text = """
      parent = load "net.prototxt" weights: "net.caffemodel" mean: [103.94, 116.78, 123.68] scale: 58.8235 channels: bgr
      photos = dataset "photos/"
      benchmark parent
      int8 = calibrate parent using: photos preset: performance drop: 0.5%
      compare parent int8
      report predictions int8 on: photos where: rank > 0 sort: rank
      visualize int8 photos["bird.jpg"]
      explore int8 streams: 1..2 batch: [1, 2, 4, 8] latency: 5ms
      package int8 to: "deploy/"
      """
    let (cell, diagnostics) = Parser.parse(text)
    #expect(diagnostics.isEmpty)
    #expect(cell.description == text)
    #expect(
      cell.statements.map { $0.assignedName?.text ?? "" } == ["parent", "photos", "", "int8", "", "", "", "", ""])
  }

  static let mistakes: [(String, Diagnostic.Code, String, String?)] = [
    (
      "load 1️⃣\"abc2️⃣", .unterminatedString, "this text has no closing quote",
      "close it with \" before the end of the line"
    ),
    (
      "load \"a1️⃣\\q2️⃣b\"", .invalidEscape, "`\\q` is not an escape",
      "write \\\\ for a backslash, or / between the parts of a path"
    ),
    (
      "load \"1️⃣\\u{110000}2️⃣\"", .invalidEscape, "`\\u{110000}` is not an escape",
      "write \\\\ for a backslash, or / between the parts of a path"
    ),
    ("f 1️⃣1e9992️⃣", .invalidNumber, "this number is too large", "numbers go up to about 1.8e308"),
    ("f 51️⃣mb2️⃣", .unknownUnit, "`mb` is not a unit", "did you mean `MB`?"),
    (
      "f 51️⃣px2️⃣", .unknownUnit, "`px` is not a unit",
      "the units are %, s, ms, MB and GB, written directly behind the number"
    ),
    (
      "f 1️⃣2x3y2️⃣", .invalidNumber, "this is neither a number nor a size",
      "a size is two whole numbers with an x between them: 224x224"
    ),
    (
      "f 1️⃣2x999999999999999999992️⃣", .invalidNumber, "a side of this size is too large",
      "a size is two whole numbers with an x between them: 224x224"
    ),
    ("load 1️⃣“2️⃣a”", .invalidCharacter, "`“` cannot stand here", "text stands in straight quotes: \"text\""),
    ("load a1️⃣/2️⃣b", .invalidCharacter, "`/` cannot stand here", "a path stands in quotes: \"models/net.onnx\""),
    ("x =1️⃣", .unexpectedEnd, "expected a command or a value behind `=`", "for instance `model = load \"net.onnx\"`"),
    (
      "x =1️⃣\ny = 1", .unexpectedToken, "expected a command or a value behind `=`",
      "for instance `model = load \"net.onnx\"`"
    ),
    ("1️⃣true2️⃣ = load 'a'", .reservedWord, "`true` is a value and cannot be a name", "choose another name"),
    (
      "load 'a'\n1️⃣mean:2️⃣ 1", .unexpectedToken, "a statement begins with a command, not with the label `mean:`",
      "indent the line if it goes on with the statement above it"
    ),
    ("x 1️⃣==2️⃣ load 'a'", .unexpectedToken, "`==` compares and does not assign", "a name is assigned with one `=`"),
    (
      "f a b 1️⃣=2️⃣ 1", .unexpectedToken, "`=` only stands behind the name that a statement assigns",
      "a label is written with a colon: `b: …`"
    ),
    (
      "f 11️⃣,2️⃣ 2", .unexpectedToken, "values are separated by spaces, and by commas only in a list",
      "a list stands in square brackets: [1, 2]"
    ),
    ("f 'a'1️⃣:2️⃣ 2", .unexpectedToken, "a label is one word before its colon", nil),
    ("f mean:1️⃣\nf", .unexpectedToken, "expected a value behind `mean:`", nil),
    ("f mean: 1️⃣scale2️⃣: 1", .unexpectedToken, "expected a value behind `mean:`", nil),
    ("f mean: [1, 2 1️⃣32️⃣]", .unexpectedToken, "expected `,` or `]`", nil),
    ("f mean: [1, 21️⃣", .unexpectedEnd, "expected `,` or `]`", nil),
    ("f mean: [1️⃣,2️⃣ 2]", .unexpectedToken, "expected a value before the comma", "a list reads [1, 2, 3]"),
    ("f p[1️⃣]2️⃣", .unexpectedToken, "expected a value", nil),
    ("f 1..1️⃣x2️⃣", .unexpectedToken, "expected the number that ends the range", "a range reads 1..4"),
    ("f where: a 1️⃣and2️⃣ b = 1", .unexpectedToken, "expected a comparison of `a`", nil),
    ("f where: a >1️⃣", .unexpectedEnd, "expected the value to compare `a` with", nil),
    (
      "f where: a = 1️⃣1..22️⃣", .unexpectedToken, "a column is compared with one number, text or word",
      "join two comparisons with `and` or `or`"
    ),
    (
      "f where: 5 1️⃣<2️⃣ rank", .unexpectedToken, "a condition stands behind a label",
      "for instance `where: rank > 0`; the column stands on the left"
    ),
    (
      "1 1️⃣22️⃣", .unexpectedToken, "expected the end of the statement",
      "one statement stands on a line; `;` separates two"
    ),
    ("1️⃣]2️⃣ x", .unexpectedToken, "expected a value", nil),
  ]

  @Test(arguments: mistakes)
  func `a mistake is one diagnostic at its place`(text: String, code: Diagnostic.Code, message: String, help: String?) {
    let marked = MarkedSource(text)
    let (_, diagnostics) = Parser.parse(marked.source)
    #expect(diagnostics.first.map { marked.source.marking($0.span) } == text)
    #expect(diagnostics.first?.code == code)
    #expect(diagnostics.first?.message == message)
    #expect(diagnostics.first?.help == help)
  }

  @Test func `a mistake leaves the other statements alone`() {
    let (cell, diagnostics) = Parser.parse("a = load [1, 2\nbenchmark m ) x\nb = load 'c'; d ] e; f")
    #expect(diagnostics.count == 3)
    #expect(cell.statements.map(\.hasErrors) == [true, true, false, true, false])
    #expect(cell.statements[2].description == "b = load \"c\"")
    #expect(cell.statements[4].description == "f")
  }

  @Test func `brackets nest up to the limit`() {
    let limit = Parser.nestingLimit
    let fits = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    #expect(Parser.parse("f \(fits)").diagnostics.isEmpty)
    #expect(Parser.parse("f [\(fits)]").diagnostics.map(\.code) == [.nestingTooDeep])
    let deep = String(repeating: "(", count: 100_000)
    #expect(Parser.parse("f where: \(deep)").diagnostics.map(\.code) == [.nestingTooDeep])
    #expect(Parser.parse("f a\(String(repeating: "[a", count: 100_000))").diagnostics.count == 1)
  }
}
