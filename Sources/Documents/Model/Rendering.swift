/// A document in one form, and what that form has no room for.
public struct Rendering<Content: Sendable>: Sendable {
  /// The form itself.
  public let content: Content
  /// What was left out, one clause each without a full stop, such as `40 more rows not drawn`.
  public let omissions: [String]

  /// Makes a rendering.
  public init(_ content: Content, omissions: [String] = []) {
    self.content = content
    self.omissions = omissions
  }

  /// The same with another form of the content.
  public func map<Other: Sendable>(_ transform: (Content) -> Other) -> Rendering<Other> {
    Rendering<Other>(transform(content), omissions: omissions)
  }
}
