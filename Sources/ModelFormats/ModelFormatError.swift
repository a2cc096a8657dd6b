/// What went wrong while reading or writing a model file.
public struct ModelFormatError: Error, Sendable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The file does not exist, is no regular file, or cannot be opened.
    case unreadableFile
    /// The file has no content.
    case emptyFile
    /// The file is of another format than it is read as, or of none that is known.
    case foreignFile
    /// The file is of the right format, but damaged or cut off.
    case malformedFile
    /// The version of the format or of the operator set is not read.
    case unsupportedVersion
    /// The model needs operators or layers that do not exist here.
    case unsupportedOperator
    /// The model uses a feature of the format that is not read.
    case unsupportedFeature
    /// A second file that the format needs was not given, or one was given that it has no use for.
    case wrongCompanion
    /// The weights do not fit the network.
    case mismatchedWeights
    /// The shape of an input is not in the file and was not given, or a given one does not fit.
    case unknownShape
    /// The file is well formed, but what it describes is not a valid network.
    case invalidModel
    /// The graph cannot be expressed in the format that is written.
    case cannotExport
  }

  /// The kind of failure.
  public let code: Code
  /// One sentence: what is wrong, naming the node, layer, input or line concerned.
  public let message: String
  /// What to do about it, as an imperative clause; nil if there is nothing to advise.
  public let remedy: String?
  /// The path of the file concerned, as it was given.
  public var file: String?
  /// The name of the node, layer or value concerned, where it is one.
  public var context: String?

  /// Makes an error.
  public init(
    _ code: Code, _ message: String, remedy: String? = nil, file: String? = nil, context: String? = nil
  ) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.file = file
    self.context = context
  }

  /// The same error with the file it happened in, where none is named yet.
  func inFile(_ path: String) -> ModelFormatError {
    var error = self
    if error.file == nil { error.file = path }
    return error
  }
}

extension ModelFormatError: CustomStringConvertible {
  /// File, cause and remedy in one line.
  public var description: String {
    (file.map { "\($0): " } ?? "") + message + (remedy.map { "; \($0)" } ?? "")
  }
}
