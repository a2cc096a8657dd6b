/// A condition on the columns of a table, with its place.
public struct ConditionSyntax: Sendable, Hashable {
  /// The forms of a condition.
  public indirect enum Kind: Sendable, Hashable {
    /// A column compared with a value.
    case comparison(ComparisonSyntax)
    /// All of two or more conditions; none of them is itself an `all`.
    case all([ConditionSyntax])
    /// Any of two or more conditions; none of them is itself an `any`.
    case any([ConditionSyntax])
  }

  /// The form and content.
  public var kind: Kind
  /// The place.
  public var span: SourceSpan

  /// A condition at a place.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// `column operator operand`.
public struct ComparisonSyntax: Sendable, Hashable {
  /// The column: a word, or a string where its name has other characters.
  public var column: NameSyntax
  /// The comparison.
  public var comparison: Comparison
  /// The operand: a string, number, bool or bare word.
  public var operand: ValueSyntax

  /// A comparison of a column.
  public init(column: NameSyntax, comparison: Comparison, operand: ValueSyntax) {
    self.column = column
    self.comparison = comparison
    self.operand = operand
  }
}

/// How a condition compares.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
  /// The same (`==` is read as well).
  case equal = "="
  /// Not the same.
  case notEqual = "!="
  /// Before in order.
  case less = "<"
  /// Before in order or the same.
  case lessOrEqual = "<="
  /// After in order.
  case greater = ">"
  /// After in order or the same.
  case greaterOrEqual = ">="
  /// Has the operand as a part, without regard to case; for text only.
  case contains = "contains"

  /// What the comparison says, for help pages.
  public var summary: String {
    switch self {
    case .equal: "is the same"
    case .notEqual: "is not the same"
    case .less: "is less"
    case .lessOrEqual: "is less or the same"
    case .greater: "is greater"
    case .greaterOrEqual: "is greater or the same"
    case .contains: "has the text as a part, in upper or lower case"
    }
  }
}
