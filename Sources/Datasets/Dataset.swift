import FoundationEssentials

/// Pictures in a folder, with what is known of them.
///
/// A dataset holds names; the pictures stay in their files until they are loaded.
public struct Dataset: Sendable {
  /// The name of the folder.
  public let name: String
  /// The absolute path of the folder.
  public let root: String
  /// The name of the format, as `not_annotated` or `imagenet`.
  public let format: String
  /// How pictures are turned when they are loaded.
  public let orientation: PictureOrientation
  /// At least one; ordered by path, bytewise.
  public let samples: [Sample]
  /// The names of the classes that annotations refer to, if the folder has a list of them.
  public let labels: Labels?
  /// What was found in the folder that cannot be used.
  public let problems: [DatasetProblem]
  /// Pairs of faces to be told apart, both of whose pictures are samples.
  public let pairs: [SamplePair]
  /// What its altered pictures were made by; nil where there are none.
  public let augmentation: Augmentation?

  /// Opens a folder of pictures.
  ///
  /// The format is recognised by what is in the folder unless it is named. Pictures are decoded until one is readable,
  /// so that a folder without any is refused at once; damaged ones among others are met when they are loaded. Pictures
  /// are turned as the format has it unless `orientation` is given.
  ///
  /// - Parameters:
  ///   - name: what the dataset is called; the folder's name unless given.
  ///   - refused: what was left out before, such as entries of an archive.
  /// - Throws: `DatasetError.unreadableFile`, `unsupportedFormat` or `noImages`; `CancellationError`.
  public init(
    openingFolder path: String, name: String? = nil, format: String? = nil, orientation: PictureOrientation? = nil,
    refused: [DatasetProblem] = [], isCancelled: () -> Bool = { false }
  ) throws {
    let folder = try ImageFolder(path: path, isCancelled: isCancelled)
    let chosen = try DatasetCatalog.format(of: folder, named: format)
    let contents = try chosen.read(folder)
    root = folder.root
    self.name = name ?? root.split(separator: "/").last.map(String.init) ?? root
    self.format = chosen.name
    self.orientation = orientation ?? chosen.orientation
    samples = contents.samples.sorted(by: Sample.precede)
    augmentation = nil
    let (labels, labelProblem) = folder.labels()
    self.labels = contents.labels ?? labels
    pairs = contents.pairs
    problems = refused + folder.problems + contents.problems + (labelProblem.map { [$0] } ?? [])
    try requireReadableImage(isCancelled: isCancelled)
  }

  init(_ other: Dataset, samples: [Sample], augmentation: Augmentation?) {
    self.augmentation = augmentation
    name = other.name
    root = other.root
    format = other.format
    orientation = other.orientation
    self.samples = samples
    labels = other.labels
    problems = other.problems
    let paths = other.pairs.isEmpty ? [] : Set(samples.map(\.path))
    pairs = other.pairs.filter { paths.contains($0.first) && paths.contains($0.second) }
  }

  /// Whether every picture has an annotation.
  public var isAnnotated: Bool { samples.allSatisfy { $0.annotation != nil } }

  /// Whether every picture is annotated with the one class that it shows.
  public var hasClassIndices: Bool { samples.allSatisfy { $0.classIndex != nil } }

  /// The absolute path of a sample's file; of an altered picture, that of the one that it is made of.
  public func filePath(of sample: Sample) -> String { root + "/" + (sample.source ?? sample.path) }

  /// Reads and decodes a sample's picture.
  ///
  /// - Throws: as `Image.init(contentsOfFile:)`.
  public func load(_ sample: Sample) throws(DatasetError) -> Image {
    let image = try Image(contentsOfFile: filePath(of: sample), orientation: orientation)
    return sample.alteration?.apply(to: image) ?? image
  }

  /// The sample whose path, or else whose file name, is the one given.
  ///
  /// - Throws: `DatasetError.unknownSample` if there is none, or if several folders have a file of this name.
  public func sample(named name: String) throws(DatasetError) -> Sample {
    if let sample = samples.first(where: { $0.path == name }) { return sample }
    let namesakes = samples.filter { $0.fileName == name }
    guard let sample = namesakes.first else {
      throw DatasetError(.unknownSample, "the dataset \(self.name) has no picture named “\(name)”")
    }
    guard namesakes.count == 1 else {
      throw DatasetError(
        .unknownSample, "\(namesakes.count) pictures of the dataset \(self.name) are named “\(name)”",
        remedy: "give the folder too, as “\(sample.path)”")
    }
    return sample
  }

  /// A problem for each sample with a class index that is not among so many classes.
  public func annotationsOutOfRange(classCount: Int) -> [DatasetProblem] {
    samples.compactMap { sample in
      guard let index = sample.annotation?.classIndices.max(), index >= classCount else { return nil }
      return DatasetProblem(
        path: sample.path, reason: "the class index \(index) is out of range; there are \(classCount) classes")
    }
  }

  /// The same dataset with some of the samples, in the same order.
  package func selecting(_ samples: [Sample]) -> Dataset {
    Dataset(self, samples: samples, augmentation: augmentation)
  }

  private func requireReadableImage(isCancelled: () -> Bool) throws {
    var firstError: DatasetError?
    for sample in samples {
      if isCancelled() { throw CancellationError() }
      do {
        _ = try load(sample)
        return
      } catch {
        firstError = firstError ?? error
      }
    }
    throw DatasetError(
      .noImages,
      "none of the \(samples.count) pictures can be read"
        + (firstError.map { "; the first, \($0.file ?? ""): \($0.message)" } ?? ""),
      remedy: "JPEG and PNG pictures are read", file: root)
  }
}
