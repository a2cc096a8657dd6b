public import JupyterMessaging

/// The ways to complete a text at a cursor.
public struct Completion: Sendable, Equatable {
  /// The matches, best first.
  public let matches: [CompleteReply.Match]
  /// The part of the code that a match replaces.
  public let range: Range<String.Index>

  /// Creates a completion that replaces `range` of the code by one of `matches`.
  public init(_ matches: [CompleteReply.Match], replacing range: Range<String.Index>) {
    self.matches = matches
    self.range = range
  }
}
