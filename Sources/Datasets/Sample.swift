/// One picture of a dataset.
public struct Sample: Sendable, Hashable {
  /// The path of the file relative to the dataset's root, with `/` between folders.
  public let path: String
  /// What is known of the picture; nil if nothing is.
  public let annotation: Annotation?

  /// Makes a sample of a file.
  public init(path: String, annotation: Annotation? = nil) {
    self.path = path
    self.annotation = annotation
  }

  /// The name of the file without its folders.
  public var fileName: String { path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }

  /// The index of the class that the picture shows, if it is annotated so.
  public var classIndex: Int? { annotation?.classIndex }
}
