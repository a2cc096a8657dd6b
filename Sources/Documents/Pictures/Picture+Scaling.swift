extension Picture {
  /// The picture scaled by area: each new pixel is the mean of the area that it covers.
  ///
  /// Meant for making pictures smaller; enlarging repeats pixels. Edges are clamped to 1...`maximumEdge`.
  public func scaled(width newWidth: Int, height newHeight: Int) -> Picture {
    let newWidth = min(max(newWidth, 1), Self.maximumEdge)
    let newHeight = min(max(newHeight, 1), Self.maximumEdge)
    if newWidth == width, newHeight == height { return self }
    let columns = Self.spans(from: width, to: newWidth)
    let rows = Self.spans(from: height, to: newHeight)
    var result = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
    var row = [Double](repeating: 0, count: width * 3)
    for y in 0..<newHeight {
      for index in row.indices { row[index] = 0 }
      for (source, weight) in rows[y] {
        let start = source * width * 3
        for index in 0..<(width * 3) { row[index] += Double(pixels[start + index]) * weight }
      }
      for x in 0..<newWidth {
        for channel in 0..<3 {
          var sum = 0.0
          for (source, weight) in columns[x] { sum += row[source * 3 + channel] * weight }
          result[(y * newWidth + x) * 3 + channel] = UInt8(min(max(sum + 0.5, 0), 255))
        }
      }
    }
    return Picture(uncheckedWidth: newWidth, height: newHeight, pixels: result)
  }

  /// The picture scaled down, keeping its proportions, so that no edge is longer than `edge`; itself if it fits.
  public func fitted(within edge: Int) -> Picture {
    let longest = max(width, height)
    guard edge > 0, longest > edge else { return self }
    return scaled(
      width: max((width * edge + longest / 2) / longest, 1), height: max((height * edge + longest / 2) / longest, 1))
  }

  /// For each new pixel the old ones that it covers, with weights that sum to 1.
  private static func spans(from oldCount: Int, to newCount: Int) -> [[(Int, Double)]] {
    (0..<newCount).map { index in
      let start = Double(index * oldCount) / Double(newCount)
      let end = Double((index + 1) * oldCount) / Double(newCount)
      let first = min(Int(start), oldCount - 1)
      let last = min(max(Int(end.rounded(.up)) - 1, first), oldCount - 1)
      return (first...last).map { source in
        let covered = min(end, Double(source + 1)) - max(start, Double(source))
        return (source, covered / (end - start))
      }
    }
  }
}
