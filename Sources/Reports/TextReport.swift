public import Documents

/// A plain value as it is: shown as text and nothing else.
public struct TextReport: Report {
  /// The text.
  public let text: String

  /// A text to be shown.
  public init(_ text: String) { self.text = text }

  /// The text as a paragraph.
  public var document: Document { Document(blocks: [.paragraph(RichText(text))]) }
  /// The text with a line end.
  public var plainText: String { text + "\n" }
  /// The text.
  public var data: DataValue { .string(text) }
  /// The text alone.
  public var bundle: MIMEBundle { MIMEBundle([.init(mediaType: "text/plain", content: .text(text))]) }
}
