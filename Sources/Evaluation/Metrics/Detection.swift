public import Datasets

/// One object that a model found in a picture.
public struct Detection: Sendable, Hashable {
  /// The index of its class, as annotations count classes.
  public var classIndex: Int
  /// How sure the model is; higher is surer.
  public var score: Double
  /// Where it is, in pixels.
  public var box: BoundingBox
  /// Which pixels are the object's; nil where only the box is known.
  public var mask: InstanceMask?

  /// Makes a detection.
  public init(classIndex: Int, score: Double, box: BoundingBox, mask: InstanceMask? = nil) {
    self.classIndex = classIndex
    self.score = score
    self.box = box
    self.mask = mask
  }
}

/// The objects that are in one picture, and those that a model found there.
public struct DetectionSample: Sendable {
  /// What is there; boxes in pixels.
  public var objects: [AnnotatedObject]
  /// What was found.
  public var detections: [Detection]
  /// The size of the picture, which outlines need.
  public var size: ImageSize?

  /// Puts what is there beside what was found; boxes in fractions become pixels where the size is known.
  public init(objects: [AnnotatedObject], detections: [Detection], size: ImageSize? = nil) {
    self.objects = objects.map { object in
      guard object.isBoxRelative, let size else { return object }
      var scaled = object
      scaled.box = object.box.scaled(to: size)
      scaled.isBoxRelative = false
      return scaled
    }
    self.detections = detections
    self.size = size
  }
}

extension BoundingBox {
  /// The area of what both boxes cover, divided by that of what one of them covers; 0 where they do not meet.
  ///
  /// - Parameter includesEdges: whether the right and the lower edge count as covered pixels, as VOC has it.
  public func intersectionOverUnion(_ other: BoundingBox, includesEdges: Bool = false) -> Double {
    let common = intersectionArea(other, includesEdges)
    let union = area(includesEdges) + other.area(includesEdges) - common
    return union > 0 ? common / union : 0
  }

  /// The area of what both boxes cover.
  func intersectionArea(_ other: BoundingBox, _ includesEdges: Bool = false) -> Double {
    let edge = includesEdges ? 1.0 : 0
    let width = min(right, other.right) - max(left, other.left) + edge
    let height = min(bottom, other.bottom) - max(top, other.top) + edge
    return max(width, 0) * max(height, 0)
  }

  /// The area.
  func area(_ includesEdges: Bool = false) -> Double {
    let edge = includesEdges ? 1.0 : 0
    return max(width + edge, 0) * max(height + edge, 0)
  }
}
