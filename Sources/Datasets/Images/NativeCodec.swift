import CImageCodecs

/// The decoders written in C; no other file calls them.
enum NativeCodec: String {
  case jpeg = "JPEG"
  case png = "PNG"

  /// Decodes a whole file, without turning it.
  ///
  /// - Throws: `DatasetError.malformedImage`, or `wrongImageSize` before memory is taken for the pixels.
  func decode(_ bytes: [UInt8]) throws(DatasetError) -> Image {
    var failure = [CChar](repeating: 0, count: Int(IMAGE_FAILURE_CAPACITY))
    var width: UInt32 = 0
    var height: UInt32 = 0
    let hasSize =
      switch self {
      case .jpeg: unsafe image_jpeg_size(bytes, bytes.count, &width, &height, &failure)
      case .png: unsafe image_png_size(bytes, bytes.count, &width, &height, &failure)
      }
    guard hasSize else { throw malformed(failure) }
    let size = ImageSize(width: Int(width), height: Int(height))
    let byteCount = try Image.byteCount(of: size)
    var hasPixels = false
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initializedCount in
      hasPixels =
        switch self {
        case .jpeg: unsafe image_jpeg_decode(bytes, bytes.count, buffer.baseAddress, byteCount, &failure)
        case .png: unsafe image_png_decode(bytes, bytes.count, buffer.baseAddress, byteCount, &failure)
        }
      initializedCount = hasPixels ? byteCount : 0
    }
    guard hasPixels else { throw malformed(failure) }
    return Image(trusted: size, pixels: pixels)
  }

  private func malformed(_ failure: [CChar]) -> DatasetError {
    let text = String(decoding: failure.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return DatasetError(
      .malformedImage, "the \(rawValue) picture is damaged or cut off (\(text))", remedy: "fetch or save it again")
  }
}
