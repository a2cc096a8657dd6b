extension Image {
  /// The picture stretched to a size with antialiased bilinear interpolation, of which only a region is computed.
  ///
  /// Equal to the last bit to Pillow's `resize(size, BILINEAR)` on 8-bit RGB: rows first, then columns, with rounding
  /// to 8 bits between.
  func resampledBilinearly(to target: ImageSize, region: ImageRegion) -> Image {
    let columns = ResamplingWeights(from: width, to: target.width, range: region.columns)
    let rows = ResamplingWeights(from: height, to: target.height, range: region.rows)
    let sourceRows = rows.sourceRange
    let narrowed = narrowed(by: columns, rows: sourceRows)
    let rowByteCount = region.columns.count * 3
    var result = [UInt8](repeating: 0, count: region.rows.count * rowByteCount)
    var sums = [Int32](repeating: 0, count: rowByteCount)
    for row in 0..<region.rows.count {
      let first = rows.starts[row] - sourceRows.lowerBound
      Self.sumRows(
        of: narrowed.span, from: first, weights: rows.weights, at: row * rows.stride, count: rows.counts[row],
        into: &sums)
      Self.round(sums, into: &result, at: row * rowByteCount)
    }
    return Image(trusted: region.size, pixels: result)
  }

  /// Some rows of the picture, resampled along the rows.
  private func narrowed(by columns: ResamplingWeights, rows: Range<Int>) -> [UInt8] {
    let half: Int32 = 1 << (ResamplingWeights.fractionBits - 1)
    let columnCount = columns.starts.count
    var result = [UInt8](repeating: 0, count: rows.count * columnCount * 3)
    let source = pixels.span
    let weights = columns.weights.span
    let starts = columns.starts.span
    let counts = columns.counts.span
    var target = result.mutableSpan
    var position = 0
    for row in rows {
      let line = source.extracting(row * width * 3..<(row + 1) * width * 3)
      for column in 0..<columnCount {
        var red = half
        var green = half
        var blue = half
        let first = starts[column] &* 3
        let firstWeight = column &* columns.stride
        for tap in 0..<counts[column] {
          let weight = weights[firstWeight &+ tap]
          let pixel = first &+ tap &* 3
          red &+= Int32(line[pixel]) &* weight
          green &+= Int32(line[pixel &+ 1]) &* weight
          blue &+= Int32(line[pixel &+ 2]) &* weight
        }
        target[position] = Self.sample(red)
        target[position &+ 1] = Self.sample(green)
        target[position &+ 2] = Self.sample(blue)
        position &+= 3
      }
    }
    return result
  }

  /// Sums whole rows, each as long as `sums`, with a weight each.
  private static func sumRows(
    of source: Span<UInt8>, from first: Int, weights: [Int32], at firstWeight: Int, count: Int,
    into sums: inout [Int32]
  ) {
    var sums = sums.mutableSpan
    let length = sums.count
    for index in 0..<length { sums[index] = 1 << (ResamplingWeights.fractionBits - 1) }
    for tap in 0..<count {
      let weight = weights[firstWeight + tap]
      let line = source.extracting((first + tap) * length..<(first + tap + 1) * length)
      guard line.count == length else { continue }
      for index in 0..<length { sums[index] &+= Int32(line[index]) &* weight }
    }
  }

  private static func round(_ sums: [Int32], into result: inout [UInt8], at offset: Int) {
    let sums = sums.span
    let length = sums.count
    var target = result.mutableSpan
    for index in 0..<length { target[offset &+ index] = sample(sums[index]) }
  }

  @inline(__always)
  private static func sample(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(sum >> ResamplingWeights.fractionBits, 0), 255))
  }
}
