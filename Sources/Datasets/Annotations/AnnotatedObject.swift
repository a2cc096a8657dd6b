/// One object in a picture.
public struct AnnotatedObject: Sendable, Hashable {
  /// What tells which pixels are the object's.
  public enum Outline: Sendable, Hashable {
    /// The areas inside of polygons, in pixels, together.
    case polygons([[ImagePoint]])
    /// Lengths of runs of pixels outside and inside of the object in turn, column by column, as COCO has them.
    case runs([Int], size: ImageSize)
  }

  /// The index of its class, from 0 on.
  public var classIndex: Int
  /// Where it is.
  public var box: BoundingBox
  /// Whether the box is in fractions of the picture's width and height rather than in pixels.
  public var isBoxRelative: Bool
  /// Which pixels are the object's; nil where only the box is known.
  public var outline: Outline?
  /// Its area in pixels where the dataset tells it, by which COCO sorts objects into small, medium and large.
  public var area: Double?
  /// Whether it is too hard to find for a miss to count.
  public var isDifficult: Bool
  /// Whether it is a group of objects that are not marked one by one.
  public var isCrowd: Bool

  /// Makes an object.
  public init(
    classIndex: Int, box: BoundingBox, isBoxRelative: Bool = false, outline: Outline? = nil, area: Double? = nil,
    isDifficult: Bool = false, isCrowd: Bool = false
  ) {
    self.classIndex = classIndex
    self.box = box
    self.isBoxRelative = isBoxRelative
    self.outline = outline
    self.area = area
    self.isDifficult = isDifficult
    self.isCrowd = isCrowd
  }
}
