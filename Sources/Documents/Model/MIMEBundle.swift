/// One result in several representations, richest first.
public struct MIMEBundle: Sendable, Equatable {
  /// What a representation consists of.
  public enum Content: Sendable, Equatable {
    /// Text as it is.
    case text(String)
    /// Bytes in base 64 without line breaks.
    case base64(String)
    /// The text of one JSON value, to be embedded as an object rather than as a string.
    case json(String)
  }

  /// One representation.
  public struct Entry: Sendable, Equatable {
    /// The media type, such as `text/html`, without parameters.
    public var mediaType: String
    /// The representation.
    public var content: Content
    /// The width in CSS pixels at which a picture is meant to be seen; nil for anything else.
    public var width: Int?
    /// The height in CSS pixels at which a picture is meant to be seen; nil for anything else.
    public var height: Int?
    /// What a picture shows, in words, for who does not see it; nil for anything else.
    public var alternative: String?

    /// Creates a representation.
    public init(
      mediaType: String, content: Content, width: Int? = nil, height: Int? = nil, alternative: String? = nil
    ) {
      self.mediaType = mediaType
      self.content = content
      self.width = width
      self.height = height
      self.alternative = alternative
    }
  }

  /// The representations, richest first; each media type occurs once.
  public private(set) var entries: [Entry]

  /// Creates a bundle; a later entry replaces an earlier one of the same media type.
  public init(_ entries: [Entry] = []) {
    self.entries = []
    for entry in entries { set(entry) }
  }

  /// Adds a representation or replaces the one of the same media type.
  public mutating func set(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.mediaType == entry.mediaType }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The representation of a media type.
  public subscript(mediaType: String) -> Content? {
    entries.first { $0.mediaType == mediaType }?.content
  }
}
