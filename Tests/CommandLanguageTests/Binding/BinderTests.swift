import CommandLanguage
import Testing

@Suite struct BinderTests {
  private func bind(_ text: String) throws -> BoundCommand {
    let (cell, diagnostics) = Parser.parse(text)
    #expect(diagnostics.isEmpty)
    let result = Binder(Sample.vocabulary).bind(try #require(cell.statements.first), in: Sample.scope)
    #expect(result.diagnostics.isEmpty)
    guard case .command(let command)? = result.statement?.body else {
      throw NoCommand(diagnostics: result.diagnostics)
    }
    return command
  }

  @Test func `a command gives its arguments by name`() throws {
    let load = try bind("m = load \"a.onnx\" weights: \"w\" mean: [103.94, -1] std: 58.8 channels: bgr resize: 640x480")
    #expect(load.signature.title == "load")
    #expect(load.assignedName?.text == "m")
    #expect(load.string("file") == "a.onnx")
    #expect(load.string("weights") == "w")
    #expect(load.numbers("mean") == [103.94, -1])
    #expect(load.number("scale") == 58.8)
    #expect(load.choice("channels") == "bgr")
    #expect(load.size("resize")?.width == 640)
    #expect(load.size("resize")?.height == 480)
    #expect(load.string("example") == nil)
    #expect(load.integer("file") == nil)
    #expect(load.span(of: "weights") == SourceSpan(27, 30))
    #expect(load.span(of: "example") == SourceSpan(4, 8))
  }

  @Test func `defaults hold where nothing is given`() throws {
    let command = try bind("quantize parent using: photos")
    #expect(command.signature.verb == "calibrate")
    #expect(command.choice("preset") == "performance")
    #expect(command.fraction("drop") == 0.01)
    #expect(!command.isGiven("preset"))
    #expect(command.isGiven("using"))
    #expect(command.strings("ignore") == [])
    #expect(command.span == SourceSpan(0, 29))
  }

  @Test func `units give base values`() throws {
    let command = try bind("benchmark parent int8 streams: 2..4 seconds: 500ms latency: 5 ms")
    #expect(command.references("models").map(\.name) == ["parent", "int8"])
    #expect(command.references("models").map(\.span) == [SourceSpan(10, 16), SourceSpan(17, 21)])
    #expect(command.integers("streams") == [2, 3, 4])
    #expect(command.range("streams") == 2...4)
    #expect(command.number("seconds") == 0.5)
    #expect(command.number("latency") == 0.005)
    #expect(try bind("dataset \"p\" subset: 10%").fraction("subset") == 0.1)
    #expect(try bind("dataset \"p\" subset: 10").integer("subset") == 10)
    #expect(try bind("dataset \"p\" subset: 10").fraction("subset") == nil)
  }

  @Test func `single values stand for lists, and names for their values`() throws {
    #expect(try bind("benchmark parent streams: 3").integers("streams") == [3])
    #expect(try bind("benchmark parent streams: [1, limit]").integers("streams") == [1, 3])
    #expect(try bind("load \"a\" mean: 5").numbers("mean") == [5])
    #expect(try bind("report predictions int8 top: limit").integer("top") == 3)
    #expect(try bind("report predictions later sort: \"rank\"").choice("sort") == "rank")
  }

  @Test func `samples of datasets`() throws {
    #expect(try bind("visualize int8 photos[\"bird.jpg\"] explain: true").element("image")?.key == .name("bird.jpg"))
    let third = try bind("visualize int8 photos[limit]").element("image")
    #expect(third?.key == .index(3))
    #expect(third?.dataset == "photos")
    #expect(try bind("visualize int8 \"bird.jpg\"").string("image") == "bird.jpg")
  }

  @Test func `verbs and subjects are values of help`() throws {
    #expect(try bind("help report predictions").choices("command") == ["report", "predictions"])
  }

  static let rows: [[String: BoundCondition.Operand]] = [
    ["rank": .number(0), "confidence": .number(0.9), "class": .text("Goldfish"), "correct": .bool(true)],
    ["rank": .number(3), "confidence": .number(0.4), "class": .text("house finch"), "correct": .bool(false)],
    ["rank": .number(7), "class": .text("bird")],
  ]
  static let conditions: [(String, [Int])] = [
    ("rank = 0", [0]), ("rank != 0", [1, 2]), ("rank > 0 and confidence < 50%", [1]), ("confidence != 0.4", [0, 2]),
    ("rank >= 3 and rank <= 3", [1]), ("class contains FI", [0, 1]), ("class = bird", [2]), ("class < \"c\"", [0, 2]),
    ("correct = true or rank = 7", [0, 2]), ("correct != true", [1, 2]),
    ("(rank = 0 or rank = 3) and class contains \"finch\"", [1]), ("rank = limit", [1]),
    ("class contains \"\"", [0, 1, 2]),
  ]

  @Test(arguments: conditions)
  func `conditions choose rows`(text: String, chosen: [Int]) throws {
    let condition = try #require(try bind("report predictions int8 where: \(text)").condition("where"))
    #expect(Self.rows.indices.filter { row in condition.holds { Self.rows[row][$0] } } == chosen)
  }

  @Test func `a lone word is a name before it is a command`() throws {
    let binder = Binder(Sample.vocabulary)
    var scope = Sample.scope
    let statement = Parser.parse("environment").cell.statements[0]
    guard case .command? = binder.bind(statement, in: scope).statement?.body else {
      Issue.record("not a command")
      return
    }
    scope.assign("environment", ScopeEntry(.result))
    guard case .value(let value)? = binder.bind(statement, in: scope).statement?.body else {
      Issue.record("not a value")
      return
    }
    #expect(value.value == .reference("environment", .result))
  }

  @Test(arguments: ["[1, 2]", "\"text\"", "5", "1..3", "true"])
  func `a name can be shown, and given to another name, whatever it stands for`(literal: String) throws {
    var scope = Sample.scope
    guard case .value(let value)? = Parser.parse(literal).cell.statements.first?.body else {
      Issue.record("not a value")
      return
    }
    scope.assign("kept", ScopeEntry(.value, literal: value))
    for text in ["kept", "copy = kept"] {
      let statement = try #require(Parser.parse(text).cell.statements.first)
      let result = Binder(Sample.vocabulary).bind(statement, in: scope)
      guard case .value(let argument)? = result.statement?.body else {
        Issue.record("not a value: \(result)")
        return
      }
      #expect(argument.value == .reference("kept", .value))
    }
  }

  static let shown: [(String, BoundValue)] = [
    ("1", .integer(1)), ("-2.5", .number(-2.5, unit: nil)), ("50%", .number(0.5, unit: .percent)),
    ("'a'", .string("a")),
    ("x = 3..5", .range(3...5)), ("photos[\"a\"]", .element(dataset: "photos", key: .name("a"))),
    ("copy = parent", .reference("parent", .model)), ("224x225", .size(width: 224, height: 225)), ("true", .bool(true)),
  ]

  @Test(arguments: shown)
  func `a bare value is a statement`(text: String, expected: BoundValue) throws {
    let result = Binder(Sample.vocabulary).bind(
      try #require(Parser.parse(text).cell.statements.first), in: Sample.scope)
    guard case .value(let argument)? = result.statement?.body else {
      Issue.record("not a value: \(result)")
      return
    }
    #expect(argument.value == expected)
  }

  @Test func `a cell is checked with the names that it assigns`() {
    let binder = Binder(Sample.vocabulary)
    let text = """
      m = load "a"; d = dataset "p"
      q = calibrate m using: d
      r = report predictions q on: d
      n = 4; report predictions q top: n
      b = calibrat m
      benchmark q b
      alias = q
      calibrate alias using: r
      benchmark missing
      """
    let (cell, _) = Parser.parse(text)
    #expect(
      binder.check(cell, in: ScopeSnapshot()).map(\.message) == [
        "there is no command `calibrat`", "`using:` takes a dataset, and `r` is a report",
        "the name `missing` was never assigned",
      ])
    #expect(
      binder.bind(cell.statements[3], in: ScopeSnapshot()).diagnostics.map(\.code) == [.unknownName, .unknownName])
  }
}

private struct NoCommand: Error {
  let diagnostics: [Diagnostic]
}
