public import Datasets
public import FoundationEssentials
import GraphArchives

/// What the file `model.json` of a package says: everything that is needed to run its network besides the network itself.
public struct PackagedModel: Codable, Sendable, Hashable {
  /// The name of the file, in the folder of the model.
  public static let fileName = "model.json"
  /// The name of the network's file beside it.
  public static let networkFileName = "model.octet"
  /// The name of the list of classes beside it.
  public static let labelsFileName = "labels.txt"
  /// How many pictures a batch may have.
  public static let batches = 1...1024
  /// How many inferences may run at the same time.
  public static let streamCounts = 1...64

  /// The model's name.
  public var name: String
  /// `INT8` or `FP32`.
  public var precision: String
  /// The version of Octet that wrote the package.
  public var octet: String
  /// The version of the network's file format, which must be that of the library.
  public var archive: Int
  /// Pictures that are computed together.
  public var batch: Int
  /// Inferences that run at the same time.
  public var streams: Int
  /// How pictures are prepared.
  public var preprocessing: PackagedPreprocessing
  /// What the network gives for a picture, in order; the first is the scores of a classifier.
  public var outputs: [PackagedOutput]
  /// How many scores a classifier gives for a picture; 0 where the model is none.
  public var classCount: Int
  /// Whether `labels.txt` is there.
  public var hasLabels: Bool

  /// Makes a description of a model of this version of the file format.
  public init(
    name: String, precision: String, octet: String, batch: Int, streams: Int, preprocessing: PackagedPreprocessing,
    outputs: [PackagedOutput], classCount: Int, hasLabels: Bool
  ) {
    self.name = name
    self.precision = precision
    self.octet = octet
    archive = GraphArchive.version
    self.batch = batch
    self.streams = streams
    self.preprocessing = preprocessing
    self.outputs = outputs
    self.classCount = classCount
    self.hasLabels = hasLabels
  }

  /// The content of the file.
  ///
  /// - Throws: if a number is not finite.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

/// One output of a network.
public struct PackagedOutput: Codable, Sendable, Hashable {
  /// Its name in the network.
  public var name: String
  /// Its extents for one picture: those of the network without the first, the batch.
  public var extents: [Int]

  /// Makes an output.
  public init(name: String, extents: [Int]) {
    self.name = name
    self.extents = extents
  }

  /// How many numbers there are for a picture; nil if an extent is below 1 or there are too many.
  public var count: Int? {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 1, !overflow else { return nil }
      count = product
    }
    return count
  }
}

/// How pictures are prepared, in words and numbers; see `Preprocessing`.
public struct PackagedPreprocessing: Codable, Sendable, Hashable {
  /// To how many pixels the shorter side is resized; nil if it is not.
  public var resizeShorterSide: Int?
  /// Width and height that pictures are stretched to; nil if they are not.
  public var stretch: [Int]?
  /// Width and height of the part that is cut from the middle.
  public var crop: [Int]
  /// `rgb`, `bgr` or `gray`.
  public var channels: String
  /// What is subtracted.
  public var mean: [Float]
  /// What is divided by.
  public var scale: [Float]
  /// `nchw` or `nhwc`.
  public var layout: String
  /// `bilinear` or `nearest`.
  public var interpolation: String

  /// Takes the preprocessing of a model.
  public init(_ preprocessing: Preprocessing) {
    switch preprocessing.resize {
    case .shorterSide(let side): resizeShorterSide = side
    case .stretch(let size): stretch = [size.width, size.height]
    case nil: break
    }
    crop = [preprocessing.crop.width, preprocessing.crop.height]
    channels = preprocessing.channels.rawValue
    mean = preprocessing.mean
    scale = preprocessing.scale
    layout = preprocessing.layout.rawValue
    interpolation = preprocessing.interpolation.rawValue
  }

  /// The same as options; nil where a word or a size is not known.
  public var options: PreprocessingOptions? {
    guard let crop = Self.size(crop), let channels = ChannelOrder(rawValue: channels),
      let layout = ChannelLayout(rawValue: layout), let interpolation = Interpolation(rawValue: interpolation)
    else { return nil }
    var resize: Resizing?
    if let resizeShorterSide { resize = .shorterSide(resizeShorterSide) }
    if let stretch {
      guard let size = Self.size(stretch) else { return nil }
      resize = .stretch(size)
    }
    return PreprocessingOptions(
      resize: resize, crop: crop, channels: channels, mean: mean, scale: scale, layout: layout,
      interpolation: interpolation)
  }

  private static func size(_ extents: [Int]) -> ImageSize? {
    extents.count == 2 ? ImageSize(width: extents[0], height: extents[1]) : nil
  }
}
