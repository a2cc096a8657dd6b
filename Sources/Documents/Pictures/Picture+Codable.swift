import FoundationEssentials

extension Picture: Codable {
  /// What makes a picture of the bytes of a JPEG file, in the user info of a decoder: this module only writes such files.
  public typealias JPEGReader = @Sendable (_ bytes: [UInt8]) throws -> Picture

  /// The key of the `JPEGReader`; without one, no picture can be decoded.
  public static var jpegReaderKey: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "octet.jpegReader") }

  /// Writes the picture as a JPEG file, which loses what an eye does not miss.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(jpeg(quality: 90).bytes))
  }

  /// Reads a picture that was written as a JPEG file.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = Self.jpegReaderKey, let read = decoder.userInfo[key] as? JPEGReader else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "nothing reads JPEG files here")
    }
    self = try read([UInt8](container.decode(Data.self)))
  }
}
