import Inference
import Testing

@Suite struct WorkPartTests {
  @Test(arguments: [0, 1, 2, 7, 64, 1000], [1, 2, 3, 8, 100])
  func `parts are all of the work, each unit once`(units: Int, count: Int) {
    let parts = (0..<count).map { WorkPart(index: $0, count: count) }
    #expect(parts.flatMap { Array($0.range(of: units)) } == Array(0..<units))
    for tile in [1, 4, 14] {
      let ranges = parts.map { $0.range(of: units, tile: tile) }
      #expect(ranges.flatMap { Array($0) } == Array(0..<units))
      #expect(ranges.allSatisfy { $0.isEmpty || $0.lowerBound % tile == 0 })
      let sizes = parts.map { $0.range(of: units).count }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test(
    arguments: [(49, 14, 5), (49, 6, 30), (55, 14, 1), (56, 14, 7), (3136, 14, 3), (1, 14, 16), (0, 4, 3)],
    [1, 2, 3, 8])
  func `pieces of a matrix are all of it, each tile once, and even`(
    _ shape: (rows: Int, tile: Int, panels: Int), count: Int
  ) {
    var visits = [Int](repeating: 0, count: shape.rows * shape.panels)
    let tiles = (shape.rows + shape.tile - 1) / shape.tile * shape.panels
    for index in 0..<count {
      var own = 0
      WorkPart(index: index, count: count).forEachPiece(rows: shape.rows, tile: shape.tile, panels: shape.panels) {
        rows, panels in
        #expect(rows.isEmpty || rows.lowerBound % shape.tile == 0)
        own += (rows.count + shape.tile - 1) / shape.tile * panels.count
        for row in rows { for panel in panels { visits[row * shape.panels + panel] += 1 } }
      }
      if shape.rows < 28 * count { #expect((tiles / count...tiles / count + 1).contains(own)) }
    }
    #expect(visits.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [(1, 3), (1, 64), (2, 17), (3, 100), (5, 1), (0, 8), (2, 0)], [1, 2, 3, 8])
  func `channels of images are shared out in tiles`(_ shape: (images: Int, channels: Int), count: Int) {
    var visited: [[Int]] = []
    for index in 0..<count {
      var before = -1
      WorkPart(index: index, count: count).forEachImage(shape.images, channels: shape.channels, tile: 16) {
        image, share in
        #expect(image > before && !share.isEmpty && share.lowerBound % 16 == 0)
        before = image
        visited += share.map { [image, $0] }
      }
    }
    #expect(visited == (0..<shape.images).flatMap { image in (0..<shape.channels).map { [image, $0] } })
  }
}
