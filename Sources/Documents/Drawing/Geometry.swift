/// A place on a canvas, in CSS pixels from the top left.
struct Point: Equatable {
  var x: Double
  var y: Double
}

/// An upright rectangle on a canvas, in CSS pixels.
struct Rect: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var midX: Double { x + width / 2 }
  var midY: Double { y + height / 2 }

  /// The rectangle made smaller by the same amount on each side.
  func inset(_ amount: Double) -> Rect {
    Rect(x: x + amount, y: y + amount, width: max(width - 2 * amount, 0), height: max(height - 2 * amount, 0))
  }
}
