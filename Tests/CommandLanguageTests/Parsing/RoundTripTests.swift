import CommandLanguage
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: 0..<20)
  func `parsing the canonical text gives the tree back`(batch: UInt64) {
    for seed in (batch * 100)..<(batch * 100 + 100) {
      var random = RandomSyntax(seed: seed)
      let cell = random.cell()
      let (parsed, diagnostics) = Parser.parse(cell.description)
      #expect(diagnostics.isEmpty, "seed \(seed): \(cell)")
      #expect(Outline.of(parsed) == Outline.of(cell), "seed \(seed): \(cell)")
      #expect(parsed.description == cell.description)
    }
  }

  @Test func `canonical text is short and regular`() {
    let (cell, _) = Parser.parse(
      "x=load   'a\"b\\n'  mean:[ 1,2.50 ]\n  where: ((a==1) and (b>2 or c<3))  t: 5 ms;  1e3")
    #expect(
      cell.description == #"x = load "a\"b\n" mean: [1, 2.5] where: a = 1 and (b > 2 or c < 3) t: 5ms"# + "\n1000")
  }
}

/// Random trees in the form in which the parser gives them.
struct RandomSyntax {
  private var generator: SeededGenerator
  private let place = SourceSpan(0, 0)

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func cell() -> CellSyntax {
    CellSyntax(statements: (0..<Int.random(in: 0...3, using: &generator)).map { _ in statement() })
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

  private mutating func name() -> NameSyntax {
    let words = ["a", "load", "größe", "_x1", "where", "and", "contains", "or", "ms", "x2", "e5", "日本"]
    return NameSyntax(words.randomElement(using: &generator) ?? "a", span: place)
  }

  private mutating func statement() -> StatementSyntax {
    let assigned = chance(40) ? name() : nil
    if chance(25) {
      var shown = value(depth: 0)
      while case .name = shown.kind { shown = value(depth: 0) }
      return StatementSyntax(assignedName: assigned, body: .value(shown), span: place)
    }
    var command = CommandSyntax(verb: name())
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      command.arguments.append(ArgumentSyntax(value: positional()))
    }
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let value = chance(25) ? ValueSyntax(.condition(condition(depth: 0)), span: place) : positional()
      command.arguments.append(ArgumentSyntax(label: name(), value: value))
    }
    return StatementSyntax(assignedName: assigned, body: .command(command), span: place)
  }

  /// A value that cannot be mistaken for more together with what may follow it: words that join are left out.
  private mutating func positional() -> ValueSyntax {
    while true {
      let value = value(depth: 0)
      if case .name(let name) = value.kind, ["and", "or", "contains", "ms"].contains(name) { continue }
      if case .element(let name, _) = value.kind, ["and", "or", "contains"].contains(name.text) { continue }
      return value
    }
  }

  private mutating func value(depth: Int) -> ValueSyntax {
    let kind: ValueSyntax.Kind =
      switch Int.random(in: 0..<(depth > 2 ? 6 : 8), using: &generator) {
      case 0: .string(text())
      case 1: .number(number(unit: true))
      case 2: .bool(chance(50))
      case 3: .name(name().text)
      case 4: .range(number(unit: true), number(unit: true))
      case 5:
        .size(
          (0..<Int.random(in: 2...3, using: &generator)).map { _ in Int.random(in: 0...Int.max, using: &generator) })
      case 6: .element(name(), key: value(depth: depth + 1))
      default: .list((0..<Int.random(in: 0...3, using: &generator)).map { _ in value(depth: depth + 1) })
      }
    return ValueSyntax(kind, span: place)
  }

  private mutating func number(unit: Bool) -> NumberSyntax {
    let unit = unit && chance(50) ? NumberUnit.allCases.randomElement(using: &generator) : nil
    if chance(50) { return NumberSyntax(Int(truncatingIfNeeded: generator.next()), unit: unit) }
    if chance(50) { return NumberSyntax(Double.random(in: -1...1, using: &generator), unit: unit) }
    return NumberSyntax(Double(bitPattern: generator.next()), unit: unit)
  }

  private mutating func text() -> String {
    let pool: [Unicode.Scalar] = [
      "a", " ", "\"", "'", "\\", "\n", "\r", "\t", "\0", "#", "é", "\u{301}", "🐦", "\u{200B}", "\u{2028}", "\u{7F}",
      "{", "n",
    ]
    let count = Int.random(in: 0...6, using: &generator)
    return String(String.UnicodeScalarView((0..<count).compactMap { _ in pool.randomElement(using: &generator) }))
  }

  private mutating func condition(depth: Int) -> ConditionSyntax {
    ConditionSyntax(conditionKind(depth: depth, isAll: true, isAny: true), span: place)
  }

  private mutating func conditionKind(depth: Int, isAll: Bool, isAny: Bool) -> ConditionSyntax.Kind {
    if depth < 3, isAll, chance(30) { return .all(parts(depth: depth + 1, isAll: false, isAny: true)) }
    if depth < 3, isAny, chance(30) { return .any(parts(depth: depth + 1, isAll: true, isAny: false)) }
    let column = chance(70) ? name() : NameSyntax(text(), span: place)
    let comparison = Comparison.allCases.randomElement(using: &generator) ?? .equal
    var operand = value(depth: 3)
    while true {
      switch operand.kind {
      case .string, .number, .bool, .name:
        return .comparison(ComparisonSyntax(column: column, comparison: comparison, operand: operand))
      default: operand = value(depth: 3)
      }
    }
  }

  private mutating func parts(depth: Int, isAll: Bool, isAny: Bool) -> [ConditionSyntax] {
    (0..<Int.random(in: 2...3, using: &generator)).map { _ in
      ConditionSyntax(conditionKind(depth: depth, isAll: isAll, isAny: isAny), span: place)
    }
  }
}
