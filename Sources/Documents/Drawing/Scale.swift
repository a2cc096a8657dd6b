/// A straight mapping from values to places along one direction of a canvas.
struct Scale {
  let ticks: Ticks
  let axis: Axis
  let start: Double
  let end: Double

  init(_ values: [Double], axis: Axis, start: Double, end: Double, about count: Int) {
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if axis.includesZero || values.isEmpty { (low, high) = (min(low, 0), max(high, 0)) }
    ticks = Ticks(from: low, to: high, about: count)
    self.axis = axis
    self.start = start
    self.end = end
  }

  init(ticks: Ticks, axis: Axis, start: Double, end: Double) {
    self.ticks = ticks
    self.axis = axis
    self.start = start
    self.end = end
  }

  /// The same scale between other places.
  func placed(from start: Double, to end: Double) -> Scale {
    Scale(ticks: ticks, axis: axis, start: start, end: end)
  }

  func place(_ value: Double) -> Double {
    start + (value - ticks.low) / (ticks.high - ticks.low) * (end - start)
  }

  func text(_ tick: Double) -> String {
    axis.tickText(tick, step: ticks.step)
  }

  /// The width of the widest tick text.
  func textWidth(size: Double) -> Double {
    ticks.values.map { FontMetrics.width(of: text($0), size: size) }.max() ?? 0
  }
}
