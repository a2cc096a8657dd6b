/// A picture of 8-bit red, green and blue.
public struct Image: Sendable, Hashable {
  /// The largest number of pixels that a picture may have, the limit at which Pillow takes one for a bomb: 2^31 / 12.
  public static let maximumPixelCount = 178_956_970

  /// Width and height, each at least 1.
  public let size: ImageSize
  /// Red, green and blue of each pixel, row by row from the top left: `3 * width * height` bytes.
  public let pixels: [UInt8]

  /// Makes a picture of interleaved bytes.
  ///
  /// - Throws: `DatasetError.wrongImageSize` for an extent below 1, more than `maximumPixelCount` pixels, or another
  ///   number of bytes than the size needs.
  public init(size: ImageSize, pixels: [UInt8]) throws(DatasetError) {
    let byteCount = try Self.byteCount(of: size)
    guard pixels.count == byteCount else {
      throw DatasetError(
        .wrongImageSize, "a picture of \(size) needs \(byteCount) bytes, but there are \(pixels.count)")
    }
    self.init(trusted: size, pixels: pixels)
  }

  /// Takes bytes whose number is known to be right.
  init(trusted size: ImageSize, pixels: [UInt8]) {
    self.size = size
    self.pixels = pixels
  }

  /// The number of columns.
  public var width: Int { size.width }
  /// The number of rows.
  public var height: Int { size.height }

  /// The bytes that a picture takes.
  ///
  /// - Throws: `DatasetError.wrongImageSize` for an extent below 1 or more than `maximumPixelCount` pixels.
  static func byteCount(of size: ImageSize) throws(DatasetError) -> Int {
    guard let count = size.pixelCount else {
      throw DatasetError(.wrongImageSize, "a picture cannot have the extents \(size)")
    }
    guard count <= maximumPixelCount else {
      throw DatasetError(
        .wrongImageSize, "has \(size) pixels, more than the \(maximumPixelCount / 1_000_000) million that are read",
        remedy: "make the picture smaller")
    }
    return count * 3
  }
}
