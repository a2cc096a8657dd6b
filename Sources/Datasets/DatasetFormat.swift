/// A way in which pictures and annotations lie in a folder.
///
/// Formats have a file of their own in `Formats/` and a line in `DatasetCatalog`.
public protocol DatasetFormat: Sendable {
  /// What users call the format, as `imagenet`.
  static var name: String { get }
  /// The name as the field writes it, as `ImageNet`.
  static var title: String { get }
  /// What such a folder looks like, as a phrase.
  static var summary: String { get }
  /// How pictures are turned unless the user says: as the field's reference figures for such datasets were made.
  static var orientation: PictureOrientation { get }
  /// Whether the folder looks like one of this format.
  static func recognises(_ folder: ImageFolder) -> Bool
  /// Reads names and annotations, but no pictures.
  ///
  /// - Throws: `DatasetError` if not one sample can be made; whatever affects single samples is a problem instead.
  static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents
}

/// What a format reads from a folder.
public struct DatasetContents: Sendable {
  /// At least one, in any order, no two of the same path.
  public let samples: [Sample]
  /// The files and lines that cannot be used.
  public let problems: [DatasetProblem]
  /// The names of the classes where the format tells them.
  public let labels: Labels?
  /// Pairs of faces to be told apart, by paths of samples.
  public let pairs: [SamplePair]

  /// Makes contents of samples and of what is left out.
  public init(
    samples: [Sample], problems: [DatasetProblem] = [], labels: Labels? = nil, pairs: [SamplePair] = []
  ) {
    self.samples = samples
    self.problems = problems
    self.labels = labels
    self.pairs = pairs
  }
}
