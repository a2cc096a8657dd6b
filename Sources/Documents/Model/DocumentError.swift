/// A document, picture or export that could not be made.
public struct DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, for code that decides what to do next.
  public enum Code: String, Sendable {
    /// Pixel bytes, width and height do not fit each other, or the picture is too large.
    case pictureSize
    /// The drawing library refused to draw or to encode.
    case drawing
  }

  /// The kind of failure.
  public let code: Code
  /// Place, cause and remedy in one sentence.
  public let message: String
  /// The part of the document that was being made, such as a title or a caption.
  public let context: String

  /// Creates an error.
  public init(_ code: Code, _ message: String, context: String = "") {
    self.code = code
    self.message = message
    self.context = context
  }

  /// The message, with its context in front where there is one.
  public var description: String { context.isEmpty ? message : "\(context): \(message)" }
}
