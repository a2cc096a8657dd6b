public import Datasets
public import Documents

/// Small pictures of the samples that a report shows, by path.
public struct PictureShelf: Sendable {
  /// The longest side of a picture that stands with few others.
  public static let edge = 224
  /// How many pictures a report shows at most; more than this, a notebook output cannot hold.
  public static let limit = 120

  private let pictures: [String: Picture]

  /// A shelf without pictures.
  public init() { pictures = [:] }

  /// Loads the pictures of some samples, the first `limit` of them; what cannot be read is left out.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  public init(_ samples: [Sample], of dataset: Dataset, isCancelled: () -> Bool = { false }) throws {
    let edge = samples.count > 24 ? 160 : Self.edge
    var pictures: [String: Picture] = [:]
    for sample in samples.prefix(Self.limit) {
      if isCancelled() { throw CancellationError() }
      guard let image = try? dataset.load(sample) else { continue }
      pictures[sample.path] = Picture(image, fitting: edge)
    }
    self.pictures = pictures
  }

  /// A shelf with one picture.
  public init(_ image: Image, path: String) {
    pictures = Picture(image, fitting: 448).map { [path: $0] } ?? [:]
  }

  /// The picture of a sample, if it is on the shelf.
  public subscript(path: String) -> Picture? { pictures[path] }
}
