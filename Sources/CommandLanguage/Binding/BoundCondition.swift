/// A condition that fits its columns, ready to be asked of a row.
public struct BoundCondition: Sendable, Hashable {
  /// What a column has in one row, or what it is compared with.
  public enum Operand: Sendable, Hashable {
    /// A number; a percentage counts as a part of 1, a time in seconds, memory in bytes.
    case number(Double)
    /// Text.
    case text(String)
    /// `true` or `false`.
    case bool(Bool)
  }

  /// The forms of a condition.
  public indirect enum Kind: Sendable, Hashable {
    /// A column compared with a value.
    case comparison(column: NameSyntax, Comparison, Operand)
    /// Holds when all of them do.
    case all([BoundCondition])
    /// Holds when one of them does.
    case any([BoundCondition])
  }

  /// The form and content.
  public let kind: Kind
  /// The place in the cell.
  public let span: SourceSpan

  /// The names of all columns that are asked for, with the places; a column used twice is there twice.
  public var columns: [NameSyntax] {
    switch kind {
    case .comparison(let column, _, _): [column]
    case .all(let parts), .any(let parts): parts.flatMap(\.columns)
    }
  }

  /// Whether a row meets the condition.
  ///
  /// A comparison with a column that the row lacks (`nil`), or whose value is of another kind, does not hold; `!=` does.
  /// Text compares in Unicode order, `contains` without regard to case, and `false` stands before `true`.
  ///
  /// - Parameter value: The row's value in a column.
  public func holds(_ value: (_ column: String) -> Operand?) -> Bool {
    switch kind {
    case .all(let parts): parts.allSatisfy { $0.holds(value) }
    case .any(let parts): parts.contains { $0.holds(value) }
    case .comparison(let column, let comparison, let operand):
      value(column.text).map { Self.compare($0, comparison, operand) } ?? (comparison == .notEqual)
    }
  }

  private static func compare(_ left: Operand, _ comparison: Comparison, _ right: Operand) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): return ordered(left, comparison, right)
    case (.bool(let left), .bool(let right)): return ordered(left ? 1 : 0, comparison, right ? 1 : 0)
    case (.text(let left), .text(let right)):
      return comparison == .contains
        ? right.isEmpty || left.lowercased().containsSubsequence(right.lowercased()) : ordered(left, comparison, right)
    default: return comparison == .notEqual
    }
  }

  private static func ordered<Value: Comparable>(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .contains: false
    }
  }
}

extension String {
  /// Whether another text stands somewhere in this one, scalar by scalar.
  fileprivate func containsSubsequence(_ other: String) -> Bool {
    let whole = Array(unicodeScalars)
    let part = Array(other.unicodeScalars)
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
  }
}
