/// Something that can be drawn into a given width.
protocol Drawing {
  /// The height that the drawing needs, in CSS pixels.
  func height(width: Double) -> Double
  /// Draws into a frame as high as `height(width:)` says.
  func draw(on canvas: inout some Canvas, in frame: Rect)
}
