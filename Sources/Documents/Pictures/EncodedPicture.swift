/// A picture in a file format that browsers read.
public struct EncodedPicture: Sendable, Equatable {
  /// The media type, such as `image/png`.
  public let mediaType: String
  /// The bytes of the file.
  public let bytes: [UInt8]
  /// The width in CSS pixels at which it is meant to be seen.
  public let width: Int
  /// The height in CSS pixels at which it is meant to be seen.
  public let height: Int

  /// Creates an encoded picture.
  public init(mediaType: String, bytes: [UInt8], width: Int, height: Int) {
    self.mediaType = mediaType
    self.bytes = bytes
    self.width = width
    self.height = height
  }

  /// The bytes in base 64.
  public var base64: String { Base64.text(bytes) }

  /// An address that holds the picture itself.
  var dataURL: String { "data:\(mediaType);base64,\(base64)" }

  /// The picture as an entry of a bundle, with what it shows in words.
  public func entry(alternative: String) -> MIMEBundle.Entry {
    MIMEBundle.Entry(
      mediaType: mediaType, content: .base64(base64), width: width, height: height, alternative: alternative)
  }
}
