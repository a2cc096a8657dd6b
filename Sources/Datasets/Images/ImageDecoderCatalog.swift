/// The picture formats that are read.
enum ImageDecoderCatalog {
  static let all: [any ImageDecoder.Type] = [
    JPEGDecoder.self,
    PNGDecoder.self,
  ]

  /// Picture formats that are known by sight but not read.
  private static let unsupported: [(name: String, fileExtensions: [String], offset: Int, signature: [UInt8])] = [
    ("GIF", ["gif"], 0, Array("GIF8".utf8)),
    ("BMP", ["bmp"], 0, Array("BM".utf8)),
    ("WebP", ["webp"], 8, Array("WEBP".utf8)),
    ("TIFF", ["tif", "tiff"], 0, [0x49, 0x49, 0x2A, 0x00]),
    ("TIFF", [], 0, [0x4D, 0x4D, 0x00, 0x2A]),
    ("HEIF", ["heic", "heif", "avif"], 4, Array("ftyp".utf8)),
  ]

  /// Whether a file of this name is expected to be a picture, one of a format that is not read included.
  static func isImageName(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    let fileExtension = name[name.index(after: dot)...].lowercased()
    return all.contains { $0.fileExtensions.contains(fileExtension) }
      || unsupported.contains { $0.fileExtensions.contains(fileExtension) }
  }

  /// Decodes a file by the format that its first bytes show, whatever its name is.
  ///
  /// - Throws: `DatasetError.unsupportedImage`, `malformedImage` or `wrongImageSize`.
  static func decode(_ bytes: [UInt8], orientation: PictureOrientation) throws(DatasetError) -> Image {
    if let decoder = all.first(where: { bytes.starts(with: $0.signature) }) {
      let image = try decoder.decode(bytes)
      guard orientation == .upright, let exif = decoder.exif(in: bytes) else { return image }
      return image.oriented(ExifOrientation(exif: exif))
    }
    let readable = all.map { $0.name }.joined(separator: " and ")
    if let other = unsupported.first(where: { bytes.dropFirst($0.offset).starts(with: $0.signature) }) {
      throw DatasetError(
        .unsupportedImage, "\(other.name) pictures are not read", remedy: "convert it; \(readable) are read")
    }
    throw DatasetError(.unsupportedImage, "is no picture of a known format", remedy: "\(readable) are read")
  }
}
