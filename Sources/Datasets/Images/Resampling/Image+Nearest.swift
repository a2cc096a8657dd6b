extension Image {
  /// The picture stretched to a size by repeating or leaving out pixels, of which only a region is computed.
  ///
  /// Equal to Pillow's `resize(size, NEAREST)`.
  func resampledToNearest(to target: ImageSize, region: ImageRegion) -> Image {
    let columns = Self.nearest(from: width, to: target.width, range: region.columns)
    let rows = Self.nearest(from: height, to: target.height, range: region.rows)
    var result: [UInt8] = []
    result.reserveCapacity(columns.count * rows.count * 3)
    for row in rows {
      for column in columns {
        let source = (row * width + column) * 3
        result.append(pixels[source])
        result.append(pixels[source + 1])
        result.append(pixels[source + 2])
      }
    }
    return Image(trusted: region.size, pixels: result)
  }

  /// For each pixel the source pixel below its centre; the position is summed step by step, as Pillow does.
  private static func nearest(from sourceCount: Int, to targetCount: Int, range: Range<Int>) -> [Int] {
    let scale = Double(sourceCount) / Double(targetCount)
    var position = scale * 0.5
    var sources: [Int] = []
    for pixel in 0..<range.upperBound {
      if pixel >= range.lowerBound { sources.append(min(Int(position), sourceCount - 1)) }
      position += scale
    }
    return sources
  }
}
