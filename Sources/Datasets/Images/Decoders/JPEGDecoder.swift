/// JPEG: baseline and progressive; grey, RGB, YCbCr, CMYK and YCCK of 8 bits.
enum JPEGDecoder: ImageDecoder {
  static let name = "JPEG"
  static let fileExtensions = ["jpg", "jpeg", "jpe", "jfif"]
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  static func decode(_ bytes: [UInt8]) throws(DatasetError) -> Image {
    try NativeCodec.jpeg.decode(bytes)
  }

  /// The content of the first EXIF segment before the first scan.
  static func exif(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    let header = Array("Exif\0\0".utf8)
    var position = 2
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      if marker == 0x01 || (0xD0...0xD7).contains(marker) {
        position += 2
        continue
      }
      guard marker != 0xDA, marker != 0xD9 else { return nil }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      guard length >= 2, position + 2 + length <= bytes.count else { return nil }
      let content = bytes[position + 4..<position + 2 + length]
      if marker == 0xE1, content.starts(with: header) { return content.dropFirst(header.count) }
      position += 2 + length
    }
    return nil
  }
}
