/// A picture as plain pixels: 8-bit red, green, blue, row by row from the top left, in sRGB.
public struct Picture: Sendable, Equatable {
  /// The number of pixels in a row, at least 1.
  public let width: Int
  /// The number of rows, at least 1.
  public let height: Int
  /// Three bytes a pixel, `width * height * 3` in all.
  public let pixels: [UInt8]

  /// The largest width and height.
  public static let maximumEdge = 16_384

  /// Creates a picture from its bytes.
  ///
  /// Throws `DocumentError` with code `pictureSize` unless both edges lie in 1...`maximumEdge` and the count of
  /// bytes fits.
  public init(width: Int, height: Int, pixels: [UInt8]) throws(DocumentError) {
    let edges = 1...Self.maximumEdge
    guard edges.contains(width), edges.contains(height) else {
      throw DocumentError(
        .pictureSize,
        "a picture of \(width)x\(height) pixels cannot be shown; scale it to 1...\(Self.maximumEdge) first")
    }
    guard pixels.count == width * height * 3 else {
      throw DocumentError(
        .pictureSize,
        "\(width)x\(height) pixels in red, green and blue need \(width * height * 3) bytes, not \(pixels.count)")
    }
    self.init(uncheckedWidth: width, height: height, pixels: pixels)
  }

  init(uncheckedWidth width: Int, height: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
