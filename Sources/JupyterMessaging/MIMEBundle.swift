/// One result in several forms, by MIME type, from which a front end takes the richest that it can show.
public struct MIMEBundle: Sendable, Equatable {
  /// The forms: text and base64 as strings, JSON types as JSON values. `text/plain` belongs in every bundle.
  public var data: JSONObject
  /// What to know of a form, under its MIME type, such as the width and height of an image.
  public var metadata: JSONObject

  /// Creates a bundle.
  public init(_ data: JSONObject, metadata: JSONObject = [:]) {
    self.data = data
    self.metadata = metadata
  }

  /// Creates a bundle of plain text alone.
  public init(text: String) {
    self.init(["text/plain": .string(text)])
  }
}
