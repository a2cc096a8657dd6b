/// A rectangle around an object: its left, upper, right and lower edge.
///
/// In pixels from the top left corner, or in fractions of the picture's width and height where a dataset is made so.
public struct BoundingBox: Sendable, Hashable {
  /// The left edge.
  public var left: Double
  /// The upper edge.
  public var top: Double
  /// The right edge.
  public var right: Double
  /// The lower edge.
  public var bottom: Double

  /// Makes a box of its edges.
  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// From the left to the right edge.
  public var width: Double { right - left }
  /// From the upper to the lower edge.
  public var height: Double { bottom - top }

  /// The box in pixels where it is in fractions.
  public func scaled(to size: ImageSize) -> BoundingBox {
    let (width, height) = (Double(size.width), Double(size.height))
    return BoundingBox(left: left * width, top: top * height, right: right * width, bottom: bottom * height)
  }

  /// Why no object can be in it, as a clause; nil where one can.
  ///
  /// - Parameters:
  ///   - width: the width of the picture, nil where it is not known.
  ///   - height: its height.
  func fault(width: Double?, height: Double?) -> String? {
    guard [left, top, right, bottom].allSatisfy(\.isFinite) else { return "has a box whose edges are no numbers" }
    guard self.width > 0, self.height > 0 else { return "has a box without area" }
    let isOutside =
      right <= 0 || bottom <= 0 || (width.map { left >= $0 } ?? false) || (height.map { top >= $0 } ?? false)
    return isOutside ? "has a box outside of the picture" : nil
  }
}
