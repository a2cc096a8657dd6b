/// The extents of a picture in pixels.
public struct ImageSize: Sendable, Hashable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int

  /// Makes a size, which need not be a possible one.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// A square.
  public init(_ side: Int) { self.init(width: side, height: side) }

  /// The number of pixels; nil if an extent is below 1 or the product exceeds what an integer holds.
  public var pixelCount: Int? {
    guard width >= 1, height >= 1 else { return nil }
    let (product, overflow) = width.multipliedReportingOverflow(by: height)
    return overflow ? nil : product
  }

  /// The size with width and height exchanged.
  var transposed: ImageSize { ImageSize(width: height, height: width) }
}

extension ImageSize: CustomStringConvertible {
  /// Width and height, as `224x224`.
  public var description: String { "\(width)x\(height)" }
}

/// A rectangle of pixels within a picture.
struct ImageRegion: Sendable, Hashable {
  let columns: Range<Int>
  let rows: Range<Int>

  init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
  }

  /// The whole of a picture of valid extents.
  init(all size: ImageSize) {
    self.init(columns: 0..<max(size.width, 0), rows: 0..<max(size.height, 0))
  }

  /// The middle of a picture; of an odd rest, the smaller half lies left and above.
  ///
  /// - Returns: nil if the picture is smaller than the part.
  init?(centre part: ImageSize, of size: ImageSize) {
    guard part.width >= 1, part.height >= 1, part.width <= size.width, part.height <= size.height else { return nil }
    let left = (size.width - part.width) / 2
    let top = (size.height - part.height) / 2
    self.init(columns: left..<left + part.width, rows: top..<top + part.height)
  }

  var size: ImageSize { ImageSize(width: columns.count, height: rows.count) }
}
