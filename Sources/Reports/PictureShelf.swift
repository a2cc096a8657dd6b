public import Datasets
public import Documents

/// Small pictures of the samples that a report shows, by path, with the boxes and masks of their annotations.
public struct PictureShelf: Sendable {
  /// The longest side of a picture that stands with few others.
  public static let edge = 224
  /// The longest side of a picture with drawings on it that stands with few others.
  public static let drawnEdge = 320
  /// How many pictures a report shows at most; more than this, a notebook output cannot hold.
  public static let limit = 120
  /// How many pictures a file holds at most: about as many as its page has room for.
  public static let fileLimit = 4000

  /// Whether these are the pictures for a file rather than for a notebook.
  public let isForFile: Bool
  /// Draws a sample's picture, its longer edge as given; nil leaves it out.
  public typealias Artist = @Sendable (_ sample: Sample, _ image: Image, _ edge: Int) -> Picture?

  private let dataset: Dataset?
  private let artist: Artist?
  private let samples: [Sample]
  private let pictures: [String: Picture]
  private let omitted: Set<String>

  /// A shelf without pictures.
  public init() { self.init(pictures: [:]) }

  /// Loads the pictures of some samples, the first `limit` of them; what cannot be read is left out.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  ///
  /// - Parameter artist: draws the pictures; without one they show the boxes and masks of their annotations.
  public init(
    _ samples: [Sample], of dataset: Dataset, artist: Artist? = nil, isCancelled: () -> Bool = { false }
  ) throws {
    try self.init(
      samples, of: dataset, artist, known: [:], limit: Self.limit, isForFile: false, isCancelled
    ) { _, _ in }
  }

  /// A shelf with one picture.
  public init(_ image: Image, path: String) {
    self.init(pictures: Picture(image, fitting: 448).map { [path: $0] } ?? [:])
  }

  /// A shelf with one picture that is drawn already.
  public init(_ picture: Picture?, path: String) { self.init(pictures: picture.map { [path: $0] } ?? [:]) }

  private init(pictures: [String: Picture], isForFile: Bool = false) {
    self.isForFile = isForFile
    dataset = nil
    artist = nil
    samples = []
    omitted = []
    self.pictures = pictures
  }

  private init(
    _ samples: [Sample], of dataset: Dataset, _ artist: Artist?, known: [String: Picture], limit: Int, isForFile: Bool,
    _ isCancelled: () -> Bool, progress: (_ finished: Int, _ total: Int) -> Void
  ) throws {
    let count = min(samples.count, limit)
    let edge = count <= 24 ? Self.edge : count <= 500 ? 160 : 128
    var pictures = known
    for (index, sample) in samples.prefix(count).enumerated() where pictures[sample.path] == nil {
      if isCancelled() { throw CancellationError() }
      progress(index, count)
      guard let image = try? dataset.load(sample) else { continue }
      if let artist {
        pictures[sample.path] = artist(sample, image, count <= 24 ? Self.drawnEdge : edge)
        continue
      }
      pictures[sample.path] = Picture(AnnotatedPicture.draw(sample, image, of: dataset), fitting: edge)
    }
    self.isForFile = isForFile
    self.dataset = dataset
    self.artist = artist
    self.samples = samples
    self.pictures = pictures
    omitted = Set(samples.dropFirst(count).map(\.path))
  }

  /// The shelf with as many pictures as a file holds.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  func forFile(isCancelled: () -> Bool, progress: (_ finished: Int, _ total: Int) -> Void) throws -> PictureShelf {
    guard let dataset else { return PictureShelf(pictures: pictures, isForFile: true) }
    return try PictureShelf(
      samples, of: dataset, artist, known: pictures, limit: Self.fileLimit, isForFile: true, isCancelled,
      progress: progress)
  }

  /// The picture of a sample, if it is on the shelf.
  public subscript(path: String) -> Picture? { pictures[path] }

  /// Whether a sample's picture was not loaded because there are many.
  func leavesOut(_ path: String) -> Bool { omitted.contains(path) }
}
