/// A remark set apart from the running text, with its kind said in words.
public struct Callout: Sendable, Equatable, Codable {
  /// How much attention a remark asks for.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// Worth knowing.
    case note
    /// Something to check before the result is trusted.
    case warning
    /// Something that did not work.
    case problem

    /// The word shown in front of the remark.
    public var label: String {
      switch self {
      case .note: "Note"
      case .warning: "Warning"
      case .problem: "Problem"
      }
    }
  }

  /// How much attention the remark asks for.
  public var kind: Kind
  /// The remark.
  public var text: RichText

  /// Creates a remark.
  public init(_ kind: Kind, _ text: RichText) {
    self.kind = kind
    self.text = text
  }
}
