/// What a command takes as one of its arguments.
public indirect enum ArgumentType: Sendable, Hashable {
  /// Text in quotes.
  case string
  /// A path in quotes; the kinds direct completion and are not checked. None means any file or folder.
  case filePath([FileKind])
  /// A number within limits, which hold for its base value. A unit is optional, and only of these dimensions.
  case number(in: ClosedRange<Double>, units: [NumberUnit.Dimension])
  /// A whole number within limits, without a unit.
  case integer(in: ClosedRange<Int>)
  /// A percentage from 0% to 100%; the sign is required.
  case percent
  /// A time above 0; the unit is required.
  case duration
  /// `true` or `false`.
  case bool
  /// One of these words, bare or in quotes.
  case choice([ChoiceWord])
  /// Two whole numbers of 1 to 65535, width first: `224x224`.
  case size
  /// Two whole numbers in order and within limits, both included: `1..4`.
  case range(in: ClosedRange<Int>)
  /// A list of this many values of one type; a single value counts as a list of one.
  case list(of: ArgumentType, count: ClosedRange<Int>)
  /// A name that stands for one of these kinds; for a plain value, `.value`.
  case reference([ReferenceKind])
  /// One sample of a dataset: `photos["bird.jpg"]` or `photos[3]`, counted from 0.
  case element
  /// A condition on these columns; none means that the columns are known only at run time.
  case condition([ColumnSignature])
  /// One of these columns by name; none means that the columns are known only at run time.
  case column([ColumnSignature])
  /// The verb of a command, or the subject word of one.
  case verb
  /// A value of the first of these types that it fits.
  case either([ArgumentType])

  /// Any number without a unit.
  public static var number: Self { .number(in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude) }
  /// A number within limits, without a unit.
  public static func number(in limits: ClosedRange<Double>) -> Self { .number(in: limits, units: []) }
  /// A number from a least one up, with an optional unit.
  public static func number(_ limits: PartialRangeFrom<Double>, units: [NumberUnit.Dimension] = []) -> Self {
    .number(in: limits.lowerBound...Double.greatestFiniteMagnitude, units: units)
  }
  /// Any whole number.
  public static var integer: Self { .integer(in: Int.min...Int.max) }
  /// A whole number within limits.
  public static func integer(_ limits: ClosedRange<Int>) -> Self { .integer(in: limits) }
  /// A whole number from a least one up.
  public static func integer(_ limits: PartialRangeFrom<Int>) -> Self { .integer(in: limits.lowerBound...Int.max) }
  /// A range within limits.
  public static func range(_ limits: ClosedRange<Int>) -> Self { .range(in: limits) }
  /// A range from a least number up.
  public static func range(_ limits: PartialRangeFrom<Int>) -> Self { .range(in: limits.lowerBound...Int.max) }
  /// A list of at least one value.
  public static func list(of type: ArgumentType) -> Self { .list(of: type, count: 1...Int.max) }
  /// A path to any file or folder.
  public static var filePath: Self { .filePath([]) }

  /// The types of which one is to be met: those of an `either`, otherwise the type itself.
  public var alternatives: [ArgumentType] {
    if case .either(let types) = self { types.flatMap(\.alternatives) } else { [self] }
  }
}
