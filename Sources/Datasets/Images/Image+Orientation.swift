extension Image {
  /// The picture as it is to be seen, given how it is stored.
  func oriented(_ orientation: ExifOrientation) -> Image {
    guard orientation != .upright else { return self }
    let target = orientation.exchangesAxes ? size.transposed : size
    let lastColumn = width - 1
    let lastRow = height - 1
    var turned = [UInt8](repeating: 0, count: pixels.count)
    var position = 0
    for y in 0..<target.height {
      for x in 0..<target.width {
        let (column, row) =
          switch orientation {
          case .upright: (x, y)
          case .mirroredHorizontally: (lastColumn - x, y)
          case .turnedHalf: (lastColumn - x, lastRow - y)
          case .mirroredVertically: (x, lastRow - y)
          case .transposed: (y, x)
          case .turnedClockwise: (y, lastRow - x)
          case .transversed: (lastColumn - y, lastRow - x)
          case .turnedCounterclockwise: (lastColumn - y, x)
          }
        let source = (row * width + column) * 3
        turned[position] = pixels[source]
        turned[position + 1] = pixels[source + 1]
        turned[position + 2] = pixels[source + 2]
        position += 3
      }
    }
    return Image(trusted: target, pixels: turned)
  }
}
