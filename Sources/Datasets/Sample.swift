/// One picture of a dataset.
public struct Sample: Sendable, Hashable {
  /// The path of the file relative to the dataset's root, with `/` between folders.
  public let path: String
  /// What is known of the picture; nil if nothing is.
  public let annotation: Annotation?
  /// The path of the file that the picture is made of, where it is an altered one and `path` is only its name.
  public let source: String?
  /// What is done to the picture of the file; nil where it is taken as it is.
  public let alteration: PictureAlteration?

  /// Makes a sample of a file.
  public init(
    path: String, annotation: Annotation? = nil, source: String? = nil, alteration: PictureAlteration? = nil
  ) {
    self.path = path
    self.annotation = annotation
    self.source = source
    self.alteration = alteration
  }

  /// The path with something added before its extension.
  func path(endingIn suffix: String) -> String {
    guard let dot = fileName.lastIndex(of: "."), dot != fileName.startIndex else { return path + suffix }
    let tail = fileName[dot...]
    return String(path.dropLast(tail.count)) + suffix + tail
  }

  /// The order of samples: by path, bytewise.
  static func precede(_ first: Sample, _ second: Sample) -> Bool {
    first.path.utf8.lexicographicallyPrecedes(second.path.utf8)
  }

  /// The name of the file without its folders.
  public var fileName: String { path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }

  /// The index of the class that the picture shows, if it is annotated so.
  public var classIndex: Int? { annotation?.classIndex }
}
