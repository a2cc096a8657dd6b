import Datasets

/// Fills polygons as COCO does, so that its figures come out.
///
/// The outline is drawn five times as large; where it passes from one column of pixels to the next, the height there says
/// from which pixel on the column changes between outside and inside.
enum PolygonFilling {
  private static let scale = 5.0

  /// Sets the pixels inside of a polygon, column by column.
  static func fill(_ polygon: [ImagePoint], _ size: ImageSize, _ inside: inout [Bool]) {
    guard polygon.count > 2, polygon.allSatisfy({ abs($0.x) < 1e5 && abs($0.y) < 1e5 }) else { return }
    let (width, height) = (size.width, size.height)
    var changes: [Int] = []
    for (x, y, next) in steps(polygon) where x != next.x {
      // The height in the original picture of the higher step, and the column between both.
      let column = (Double(min(x, next.x)) + 0.5) / scale - 0.5
      guard column.rounded(.down) == column, column >= 0, column <= Double(width - 1) else { continue }
      let row = (Double(min(y, next.y)) + 0.5) / scale - 0.5
      let first = min(max(row, 0), Double(height)).rounded(.up)
      changes.append(Int(column) * height + Int(first))
    }
    changes.append(width * height)
    changes.sort()
    var (place, isInside) = (0, false)
    for change in changes {
      if isInside { for pixel in place..<change { inside[pixel] = true } }
      place = change
      isInside.toggle()
    }
  }

  private typealias Step = (x: Int, y: Int)

  /// The outline, enlarged, pixel by pixel, each with the one after it.
  private static func steps(_ polygon: [ImagePoint]) -> [(x: Int, y: Int, next: Step)] {
    let corners = (polygon + [polygon[0]]).map { point -> Step in
      (Int((scale * point.x + 0.5).rounded(.towardZero)), Int((scale * point.y + 0.5).rounded(.towardZero)))
    }
    var path: [Step] = []
    for (start, end) in zip(corners, corners.dropFirst()) { path += line(start, end) }
    return zip(path, path.dropFirst()).map { ($0.x, $0.y, $1) }
  }

  /// A line of pixels, both ends included.
  private static func line(_ start: Step, _ end: Step) -> [Step] {
    let (dx, dy) = (abs(end.x - start.x), abs(end.y - start.y))
    let isFlipped = (dx >= dy && start.x > end.x) || (dx < dy && start.y > end.y)
    let (from, to) = isFlipped ? (end, start) : (start, end)
    let slope = dx >= dy ? Double(to.y - from.y) / Double(max(dx, 1)) : Double(to.x - from.x) / Double(dy)
    return (0...max(dx, dy)).map { step -> Step in
      let t = isFlipped ? max(dx, dy) - step : step
      // The order of the additions decides on ties.
      return dx >= dy
        ? (from.x + t, Int((Double(from.y) + slope * Double(t) + 0.5).rounded(.towardZero)))
        : (Int((Double(from.x) + slope * Double(t) + 0.5).rounded(.towardZero)), from.y + t)
    }
  }
}
