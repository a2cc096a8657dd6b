/// One token of a cell.
package struct Token: Sendable, Hashable {
  /// The forms of a token.
  package enum Kind: Sendable, Hashable {
    /// A word: a name, verb, label or choice.
    case word(String)
    /// A number with its unit if that stands directly behind it.
    case number(NumberSyntax)
    /// Two or more whole numbers joined by `x`.
    case size([Int])
    /// A string; `isTerminated` is false where the closing quote is missing.
    case string(String, isTerminated: Bool)
    /// `[`
    case leftBracket
    /// `]`
    case rightBracket
    /// `(`
    case leftParenthesis
    /// `)`
    case rightParenthesis
    /// `,`
    case comma
    /// `:`
    case colon
    /// `;`
    case semicolon
    /// `%` apart from a number.
    case percent
    /// `..`
    case dots
    /// `=`, an assignment or a comparison.
    case equal
    /// `==`, `!=`, `<`, `<=`, `>`, `>=`
    case comparison(Comparison)
    /// Characters that begin nothing; the lexer has said so.
    case invalid
    /// The end of the text; the last token, and no other.
    case end
  }

  /// The form and content.
  package let kind: Kind
  /// The place.
  package let span: SourceSpan
  /// Whether it is the first token of its line.
  package let startsLine: Bool
  /// The width of the white space that its line begins with; a tab goes on to the next multiple of 8.
  package let indentation: Int
  /// Whether white space, a comment or a line end stands before it, or nothing.
  package let hasSpaceBefore: Bool

  /// The word, if it is one.
  package var word: String? {
    if case .word(let text) = kind { text } else { nil }
  }
}
