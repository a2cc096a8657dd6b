/// A value as it is written, with its place.
public struct ValueSyntax: Sendable, Hashable {
  /// The forms of a value.
  public indirect enum Kind: Sendable, Hashable {
    /// `"text"` or `'text'`, with its escapes resolved.
    case string(String)
    /// `12`, `-0.5`, `5ms`, `50%`.
    case number(NumberSyntax)
    /// `true` or `false`.
    case bool(Bool)
    /// A bare word: a name, a choice or a column.
    case name(String)
    /// `name[key]`.
    case element(NameSyntax, key: ValueSyntax)
    /// `[value, value]`.
    case list([ValueSyntax])
    /// `1..4`.
    case range(NumberSyntax, NumberSyntax)
    /// `224x224`; two or more whole numbers.
    case size([Int])
    /// `rank > 0 and confidence < 50%`.
    case condition(ConditionSyntax)
    /// Nothing; a diagnostic says what is missing.
    case missing
  }

  /// The form and content.
  public var kind: Kind
  /// The place.
  public var span: SourceSpan

  /// A value at a place.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// A number as it is written.
public struct NumberSyntax: Sendable, Hashable {
  /// The number in front of the unit; always finite.
  public var value: Double
  /// The exact value where it is whole and fits into 64 bits.
  public var integer: Int?
  /// The unit, if one was written.
  public var unit: NumberUnit?

  /// A whole number.
  public init(_ integer: Int, unit: NumberUnit? = nil) {
    value = Double(integer)
    self.integer = integer
    self.unit = unit
  }

  /// A number; it also counts as whole where it is and where 53 bits hold it exactly.
  public init(_ value: Double, unit: NumberUnit? = nil) {
    self.value = value.isFinite ? value : 0
    integer = self.value.magnitude < 0x1p53 ? Int(exactly: self.value) : nil
    self.unit = unit
  }

  /// The number in the base of its unit: 1, seconds or bytes; without a unit the number itself.
  public var baseValue: Double { unit?.baseValue(of: value) ?? value }
}
