/// What went wrong while reading pictures, datasets or labels, or while describing how to preprocess.
public struct DatasetError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The file or folder does not exist, is of the wrong kind, or cannot be opened.
    case unreadableFile
    /// The file has no content.
    case emptyFile
    /// The file is no picture, or one of a format that is not read.
    case unsupportedImage
    /// The picture is damaged, cut off, or of impossible extents.
    case malformedImage
    /// The picture has more pixels than are read, or too few for what is asked of it.
    case wrongImageSize
    /// The folder holds no picture, or none that can be read.
    case noImages
    /// The name of a dataset format is not known, or the folder is not of the format named.
    case unsupportedFormat
    /// No sample, or more than one, has the name.
    case unknownSample
    /// The subset asked for is empty or larger than the dataset.
    case invalidSubset
    /// A step of the preprocessing is impossible, alone or together with the others or the model's input.
    case invalidPreprocessing
    /// An archive is damaged, or unpacks to more than is reasonable.
    case invalidArchive
    /// A file with annotations is damaged, or a mask is not what it should be.
    case invalidAnnotation
    /// The label file is damaged, or of another length than the model needs.
    case invalidLabels
  }

  /// What kind of failure it is.
  public let code: Code
  /// One sentence: what is wrong, naming the values or the line concerned.
  public let message: String
  /// What to do about it, as an imperative clause; nil if there is nothing to advise.
  public let remedy: String?
  /// The path of the file or folder concerned.
  public var file: String?

  /// Makes an error; the message and the remedy have no full stop.
  public init(_ code: Code, _ message: String, remedy: String? = nil, file: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.file = file
  }

  /// The same error with the file it happened in, where none is named yet.
  func inFile(_ path: String) -> DatasetError {
    var error = self
    if error.file == nil { error.file = path }
    return error
  }
}

extension DatasetError: CustomStringConvertible {
  /// File, cause and remedy in one line.
  public var description: String {
    (file.map { "\($0): " } ?? "") + message + (remedy.map { "; \($0)" } ?? "")
  }
}
