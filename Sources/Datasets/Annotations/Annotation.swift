/// The truth about a picture, by which predictions are judged; a part is nil where nothing is known of it.
public struct Annotation: Sendable, Hashable {
  /// The index of the one class that the picture shows, from 0 on.
  public var classIndex: Int?
  /// The objects in the picture; empty where it is known to have none.
  public var objects: [AnnotatedObject]?
  /// The class of every pixel.
  public var mask: ClassMask?
  /// The picture that a model should make of this one, relative to the dataset's root.
  public var targetPath: String?
  /// What is done to that picture, since it was done to the one that it is made of.
  public var targetAlteration: PictureAlteration?
  /// Points of a face: the eyes, the nose, and the corners of the mouth, in pixels.
  public var landmarks: [ImagePoint]?
  /// The number of the person that the picture shows.
  public var identity: Int?

  /// Makes an annotation of the parts that are known.
  public init(
    classIndex: Int? = nil, objects: [AnnotatedObject]? = nil, mask: ClassMask? = nil, targetPath: String? = nil,
    landmarks: [ImagePoint]? = nil, identity: Int? = nil
  ) {
    self.classIndex = classIndex
    self.objects = objects
    self.mask = mask
    self.targetPath = targetPath
    self.landmarks = landmarks
    self.identity = identity
  }

  /// The one class that the picture shows.
  public static func classIndex(_ index: Int) -> Annotation { Annotation(classIndex: index) }

  /// Whether nothing is known.
  public var isEmpty: Bool { self == Annotation() }

  /// The indices of all classes that it names, each as often as it does; masks are not looked into.
  public var classIndices: [Int] { (classIndex.map { [$0] } ?? []) + (objects ?? []).map(\.classIndex) }
}
