extension Image {
  /// The part of the picture within a region of it.
  func cropped(to region: ImageRegion) -> Image {
    guard region != ImageRegion(all: size) else { return self }
    var part: [UInt8] = []
    part.reserveCapacity(region.columns.count * region.rows.count * 3)
    for row in region.rows {
      let start = (row * width + region.columns.lowerBound) * 3
      part.append(contentsOf: pixels[start..<start + region.columns.count * 3])
    }
    return Image(trusted: region.size, pixels: part)
  }
}
