/// PNG of every colour type and bit depth, interlaced or not; of an animation, the still picture.
enum PNGDecoder: ImageDecoder {
  static let name = "PNG"
  static let fileExtensions = ["png"]
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func decode(_ bytes: [UInt8]) throws(DatasetError) -> Image {
    try NativeCodec.png.decode(bytes)
  }

  /// The content of the eXIf chunk.
  static func exif(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    var position = signature.count
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let content = position + 8
      guard length <= bytes.count - content - 4 else { return nil }
      if bytes[position + 4..<content].elementsEqual("eXIf".utf8) { return bytes[content..<content + length] }
      position = content + length + 4
    }
    return nil
  }
}
