public import FoundationEssentials

/// The content of one file and the path that it was asked for by.
public struct ModelFile: Sendable {
  /// How many bytes `header` has at most.
  public static let headerByteCount = 512
  /// The largest file that is read: the limit of a Protocol Buffers message.
  static let maximumByteCount = Int(Int32.max)

  /// The path as it was given.
  public let path: String
  /// The whole content.
  public let bytes: Data

  /// Takes bytes that are in memory already.
  public init(path: String, bytes: Data) {
    self.path = path
    self.bytes = bytes
  }

  /// Maps a file into memory.
  ///
  /// - Throws: `ModelFormatError.unreadableFile` or `emptyFile`.
  public init(reading path: String) throws(ModelFormatError) {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw ModelFormatError(
        .unreadableFile, "there is no such file", remedy: "check the path and the folder it is relative to", file: path)
    }
    guard let type = attributes[.type] as? FileAttributeType, type == .typeRegular else {
      throw ModelFormatError(.unreadableFile, "is no file", remedy: "name the model file itself", file: path)
    }
    do {
      bytes = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw ModelFormatError(
        .unreadableFile, "cannot be read", remedy: "check that you have the right to read it", file: path)
    }
    guard bytes.count <= Self.maximumByteCount else {
      throw ModelFormatError(
        .unreadableFile, "has \(bytes.count) bytes, more than a model file may have",
        remedy: "keep the weights in files of their own (external data)", file: path)
    }
    guard !bytes.isEmpty else {
      throw ModelFormatError(.emptyFile, "is empty", remedy: "fetch or export the model again", file: path)
    }
    self.path = path
  }

  /// The first bytes.
  var header: [UInt8] { Array(bytes.prefix(Self.headerByteCount)) }

  /// The extension in lower case without the dot; empty if there is none.
  var fileExtension: String {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}

/// The files of one model.
public struct ModelFiles: Sendable {
  /// The file that describes the network.
  public let main: ModelFile
  /// The second file, for formats that have one.
  public let companion: ModelFile?

  /// Takes the files of a model.
  public init(main: ModelFile, companion: ModelFile? = nil) {
    self.main = main
    self.companion = companion
  }
}
