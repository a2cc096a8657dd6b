/// Something that can be drawn into a given width.
protocol Drawing {
  /// The height that the drawing needs, in CSS pixels.
  func height(width: Double) -> Double
  /// Draws into a frame as high as `height(width:)` says.
  func draw(on canvas: inout some Canvas, in frame: Rect)
  /// What there was no room for, as a clause such as `40 more rows not drawn`; nil where everything is drawn.
  var omission: String? { get }
}

extension Drawing {
  /// Everything is drawn.
  var omission: String? { nil }
}
