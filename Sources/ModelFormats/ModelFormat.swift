/// A file format of neural networks.
///
/// A format is one folder here and one line in `ModelFormatCatalog`.
public protocol ModelFormat: Sendable {
  /// The format's name, as `ONNX`.
  static var name: String { get }

  /// Extensions of the file that describes the network, in lower case without the dot.
  static var fileExtensions: [String] { get }

  /// The second file that a model of this format has beside it; nil if one file holds all.
  static var companion: CompanionFile? { get }

  /// Whether a file that starts so may be of this format; used where the extension says nothing.
  ///
  /// - Parameter header: the first bytes of the file, up to `ModelFile.headerByteCount` of them.
  static func matches(_ header: [UInt8]) -> Bool

  /// Reads a model.
  ///
  /// - Returns: a graph whose values all have types, with the file's constants in it, not yet simplified.
  /// - Throws: `ModelFormatError`, whatever bytes the files hold.
  static func load(_ files: ModelFiles, options: ImportOptions) throws(ModelFormatError) -> ImportedModel
}

/// The second file of a model of a format that needs one.
public struct CompanionFile: Sendable, Hashable {
  /// What it holds; also the name of the argument that takes its path, as `weights`.
  public let role: String
  /// Extensions in lower case without the dot.
  public let fileExtensions: [String]
}
