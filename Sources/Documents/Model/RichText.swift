/// Text with a few words set strong or as code.
///
/// A string literal is plain text; nothing inside a string is read as markup.
public struct RichText: Sendable, Equatable, Codable, ExpressibleByStringInterpolation {
  /// How a stretch of text is set.
  public enum Emphasis: Sendable, Equatable, Codable {
    /// As its surroundings.
    case plain
    /// Set apart by weight.
    case strong
    /// Set in a fixed-width face: names of files, commands and variables.
    case code
  }

  /// A stretch of text set in one way.
  public struct Run: Sendable, Equatable, Codable {
    /// The words.
    public var text: String
    /// How they are set.
    public var emphasis: Emphasis

    /// Creates a run.
    public init(_ text: String, _ emphasis: Emphasis = .plain) {
      self.text = text
      self.emphasis = emphasis
    }
  }

  /// The stretches in reading order.
  public var runs: [Run]

  /// Creates text from its stretches.
  public init(runs: [Run]) {
    self.runs = runs
  }

  /// Creates plain text.
  public init(_ text: String) {
    runs = text.isEmpty ? [] : [Run(text)]
  }

  /// Creates plain text from a literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// A stretch of strong text.
  public static func strong(_ text: String) -> RichText { RichText(runs: [Run(text, .strong)]) }

  /// A stretch of code.
  public static func code(_ text: String) -> RichText { RichText(runs: [Run(text, .code)]) }

  /// The two texts one after the other.
  public static func + (left: RichText, right: RichText) -> RichText {
    RichText(runs: left.runs + right.runs)
  }

  /// Whether there is no text at all.
  public var isEmpty: Bool { runs.allSatisfy(\.text.isEmpty) }

  /// The words without their setting.
  public var plainText: String { runs.map(\.text).joined() }
}
