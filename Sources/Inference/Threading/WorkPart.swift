/// One part of `count` equal parts of a step's work.
package struct WorkPart: Sendable, Hashable {
  /// From 0 to `count` - 1.
  package let index: Int
  /// At least 1.
  package let count: Int

  package init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// All of the work.
  package static let whole = WorkPart(index: 0, count: 1)

  /// This part's share of a number of units, in order.
  package func range(of units: Int) -> Range<Int> {
    units * index / count..<units * (index + 1) / count
  }

  /// This part's share where parts shall start at multiples of a tile.
  package func range(of units: Int, tile: Int) -> Range<Int> {
    let tiles = (units + tile - 1) / tile
    let share = range(of: tiles)
    return min(share.lowerBound * tile, units)..<min(share.upperBound * tile, units)
  }

  /// Whether parts share the channels of an image of so few pixels rather than its rows, which would not come out even.
  package func dividesChannels(pixels: Int) -> Bool { count > 1 && pixels < count * Self.smallestPixelCount }

  /// Two tiles of 14 rows, the most that a matrix product computes at a time.
  private static let smallestPixelCount = 28

  /// Calls a closure with pieces of this part's share of a matrix: all columns of some rows, or of few rows some tiles
  /// of some panels of columns, so that shares come out even.
  ///
  /// - Parameter tile: the rows of a tile.
  package func forEachPiece(
    rows: Int, tile: Int, panels: Int, _ body: (_ rows: Range<Int>, _ panels: Range<Int>) -> Void
  ) {
    guard dividesChannels(pixels: rows) else {
      return body(range(of: rows, tile: tile), 0..<panels)
    }
    let tiles = (rows + tile - 1) / tile
    let share = range(of: tiles * panels)
    var next = share.lowerBound
    while next < share.upperBound {
      let (panel, first) = (next / tiles, next % tiles)
      let whole = first == 0 ? (share.upperBound - next) / tiles : 0
      let end = whole > 0 ? tiles : min(tiles, first + share.upperBound - next)
      body(first * tile..<min(end * tile, rows), panel..<panel + max(whole, 1))
      next += max(whole, 1) * (end - first)
    }
  }

  /// Calls a closure with this part's share of the channels of some images, where parts shall start at multiples of a
  /// tile of channels: once for each image, with channels that are neighbours.
  package func forEachImage(
    _ images: Int, channels: Int, tile: Int, _ body: (_ image: Int, _ channels: Range<Int>) -> Void
  ) {
    let tiles = (channels + tile - 1) / tile
    let share = range(of: images * tiles)
    guard !share.isEmpty else { return }
    for image in share.lowerBound / tiles...(share.upperBound - 1) / tiles {
      let first = max(share.lowerBound - image * tiles, 0) * tile
      let end = min(min(share.upperBound - image * tiles, tiles) * tile, channels)
      body(image, first..<end)
    }
  }
}
