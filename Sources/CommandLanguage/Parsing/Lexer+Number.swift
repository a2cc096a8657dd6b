extension Lexer {
  /// Whether a number begins here: a digit, or a sign or point with a digit behind it.
  var startsNumber: Bool {
    var distance = 0
    if let scalar = peek(), scalar == "-" || scalar == "+" { distance = 1 }
    if let scalar = peek(distance), scalar == "." { distance += 1 }
    guard let scalar = peek(distance) else { return false }
    return Self.isDigit(scalar)
  }

  /// Reads `12`, `-0.5`, `1e-3`, `5ms`, `50%` or `224x224`.
  mutating func lexNumber() -> Token.Kind {
    let start = offset
    if let scalar = peek(), Self.isDigit(scalar), let size = lexSize() { return size }
    if let scalar = peek(), scalar == "-" || scalar == "+" { advance() }
    _ = take(while: Self.isDigit)
    var isWhole = true
    if peek() == ".", let next = peek(1), Self.isDigit(next) {
      isWhole = false
      advance()
      _ = take(while: Self.isDigit)
    }
    if let scalar = peek(), scalar == "e" || scalar == "E" {
      let hasSign = peek(1) == "-" || peek(1) == "+"
      if let digit = peek(hasSign ? 2 : 1), Self.isDigit(digit) {
        isWhole = false
        offset += hasSign ? 2 : 1
        _ = take(while: Self.isDigit)
      }
    }
    let digits = source.text(in: SourceSpan(start, offset))
    let unit = lexUnit()
    if isWhole, let integer = Int(digits) { return .number(NumberSyntax(integer, unit: unit)) }
    guard let value = Double(digits), value.isFinite else {
      diagnostics.append(
        Diagnostic(
          .invalidNumber, "this number is too large", at: SourceSpan(start, offset),
          help: "numbers go up to about 1.8e308"))
      return .invalid
    }
    return .number(NumberSyntax(value, unit: unit))
  }

  private mutating func lexUnit() -> NumberUnit? {
    let start = offset
    if peek() == "%" {
      advance()
      return .percent
    }
    let suffix = take(while: Self.isWordPart)
    guard !suffix.isEmpty else { return nil }
    if let unit = NumberUnit(rawValue: suffix) { return unit }
    let units = NumberUnit.allCases.map(\.rawValue)
    diagnostics.append(
      Diagnostic(
        .unknownUnit, "`\(suffix)` is not a unit", at: SourceSpan(start, offset), expected: units,
        help: SpellingSuggestion.question(for: suffix, among: units)
          ?? "the units are \(units.joined(with: "and")), written directly behind the number"))
    return nil
  }

  /// Reads a size if one begins here; moves nothing if not.
  private mutating func lexSize() -> Token.Kind? {
    let start = offset
    var sides = [take(while: Self.isDigit)]
    while let scalar = peek(), scalar == "x" || scalar == "\u{D7}" {
      guard let digit = peek(scalar == "x" ? 1 : 2), Self.isDigit(digit) else { break }
      advance()
      sides.append(take(while: Self.isDigit))
    }
    guard sides.count > 1 else {
      offset = start
      return nil
    }
    let excess = take { Self.isWordPart($0) || $0 == "\u{D7}" }
    let numbers = sides.compactMap { Int($0) }
    if excess.isEmpty, numbers.count == sides.count { return .size(numbers) }
    diagnostics.append(
      Diagnostic(
        .invalidNumber, excess.isEmpty ? "a side of this size is too large" : "this is neither a number nor a size",
        at: SourceSpan(start, offset), help: "a size is two whole numbers with an x between them: 224x224"))
    return .invalid
  }
}
