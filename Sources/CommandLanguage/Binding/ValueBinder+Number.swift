extension ValueBinder {
  /// The value as a number, percentage, duration, range or size.
  func bindNumeric(_ value: ValueSyntax, as type: ArgumentType) throws(BindingFailure) -> BoundValue {
    switch (type, value.kind) {
    case (.number(let limits, let units), .number(let number)):
      if let unit = number.unit, !units.contains(unit.dimension) { throw misplacedUnit(unit, value, type) }
      guard limits.contains(number.baseValue) else { throw outOfRange(value, type) }
      return .number(number.baseValue, unit: number.unit)
    case (.integer(let limits), .number(let number)): return .integer(try integer(number, in: limits, value, type))
    case (.percent, .number(let number)):
      guard number.unit == .percent else {
        throw number.unit.map { misplacedUnit($0, value, type) }
          ?? missingUnit(
            value, type, help: "write `\(number)%`, or `\(NumberSyntax(number.value * 100))%` for a part of 1")
      }
      guard (0...1).contains(number.baseValue) else { throw outOfRange(value, type, limits: "from 0% to 100%") }
      return .number(number.baseValue, unit: .percent)
    case (.duration, .number(let number)):
      guard let unit = number.unit else {
        throw missingUnit(value, type, help: "write `\(number)ms` or `\(number)s`")
      }
      guard unit.dimension == .time else { throw misplacedUnit(unit, value, type) }
      guard number.baseValue > 0, number.baseValue.isFinite else { throw outOfRange(value, type, limits: "above 0") }
      return .number(number.baseValue, unit: unit)
    case (.range(let limits), .number(let number)):
      let single = try integer(number, in: limits, value, type)
      return .range(single...single)
    case (.range(let limits), .range(let lower, let upper)):
      return .range(try range(lower, upper, in: limits, value, type))
    case (.size, .size(let sides)):
      guard sides.count == 2, sides.allSatisfy({ (1...65_535).contains($0) }) else {
        throw outOfRange(value, type, limits: "of two sides from 1 to 65535")
      }
      return .size(width: sides[0], height: sides[1])
    default: throw otherForm(value, type)
    }
  }

  private func integer(
    _ number: NumberSyntax, in limits: ClosedRange<Int>, _ value: ValueSyntax, _ type: ArgumentType
  ) throws(BindingFailure) -> Int {
    if let unit = number.unit { throw misplacedUnit(unit, value, type) }
    guard let integer = number.integer else {
      let isWhole = number.value.rounded() == number.value
      throw BindingFailure(
        .rightForm,
        Diagnostic(
          isWhole ? .outOfRange : .wrongType, "\(taker) \(type.phrase), not \(value.phrase)", at: value.span,
          help: isWhole ? "the number is too large" : "leave out the fraction"))
    }
    guard limits.contains(integer) else { throw outOfRange(value, type) }
    return integer
  }

  private func range(
    _ lower: NumberSyntax, _ upper: NumberSyntax, in limits: ClosedRange<Int>, _ value: ValueSyntax,
    _ type: ArgumentType
  ) throws(BindingFailure) -> ClosedRange<Int> {
    let first = try integer(lower, in: limits, value, type)
    let last = try integer(upper, in: limits, value, type)
    guard first <= last else {
      throw BindingFailure(
        .rightForm,
        Diagnostic(
          .outOfRange, "this range ends before it begins", at: value.span, help: "write `\(upper)..\(lower)`"))
    }
    let (length, overflows) = last.subtractingReportingOverflow(first)
    guard !overflows, length < Self.longestRange else {
      throw BindingFailure(
        .rightForm,
        Diagnostic(
          .outOfRange, "this range is longer than \(Self.longestRange) numbers", at: value.span,
          help: "write a shorter range"))
    }
    return first...last
  }

  /// How many numbers a range may have.
  private static var longestRange: Int { 10_000 }

  private func outOfRange(_ value: ValueSyntax, _ type: ArgumentType, limits: String? = nil) -> BindingFailure {
    let limits = limits.map { ", and it is to be \($0)" } ?? ""
    return BindingFailure(
      .rightForm, Diagnostic(.outOfRange, "\(taker) \(type.phrase), not \(value.phrase)\(limits)", at: value.span))
  }

  private func missingUnit(_ value: ValueSyntax, _ type: ArgumentType, help: String) -> BindingFailure {
    BindingFailure(
      .rightForm,
      Diagnostic(
        .wrongType, "\(taker) \(type.phrase), and \(value.phrase) has no unit", at: value.span, help: help))
  }

  private func misplacedUnit(_ unit: NumberUnit, _ value: ValueSyntax, _ type: ArgumentType) -> BindingFailure {
    BindingFailure(
      .otherForm,
      Diagnostic(
        .wrongType, "\(taker) \(type.phrase), and `\(unit.rawValue)` is no unit of it", at: value.span,
        help: "leave out the unit, or use one that is understood here"))
  }
}
