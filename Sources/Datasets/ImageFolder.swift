import FoundationEssentials

/// The names of the pictures and texts in a folder and the folders below it.
public struct ImageFolder: Sendable {
  /// How deep folders may lie in each other.
  static let maximumDepth = 32

  /// The absolute path.
  public let root: String
  /// The paths relative to the root of all files that are pictures by their names, ordered bytewise.
  public let images: [String]
  /// The names of the files in the root itself that end in `.txt`, ordered bytewise.
  public let texts: [String]
  /// The paths relative to the root of all files that may hold annotations: `.txt`, `.xml`, `.json` and `.csv`; ordered
  /// bytewise.
  public let documents: [String]
  /// Folders that could not be read.
  public let problems: [DatasetProblem]
  private let imageSet: Set<String>

  /// Lists a folder; names that begin with a dot and folders named `__MACOSX` are passed over.
  ///
  /// - Throws: `DatasetError.unreadableFile` if the path is no folder or cannot be read, `CancellationError`.
  init(path: String, isCancelled: () -> Bool) throws {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw DatasetError(.unreadableFile, "the path of the folder is empty or no path", remedy: "name a folder")
    }
    let url = URL(fileURLWithPath: path).standardizedFileURL
    root = url.path.count > 1 && url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
    let resolved = url.resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else {
      throw DatasetError(
        .unreadableFile, "there is no such folder", remedy: "check the path and the folder it is relative to",
        file: path)
    }
    guard let type = attributes[.type] as? FileAttributeType, type == .typeDirectory else {
      throw DatasetError(
        .unreadableFile, "is a file, not a folder of pictures",
        remedy: "name a folder, or an archive that ends with .zip, .tar or .tar.gz",
        file: path)
    }
    var listing = Listing(root: root)
    try listing.visit("", resolved: resolved, depth: 0, isCancelled: isCancelled)
    if listing.problems.first?.path == "." {
      throw DatasetError(
        .unreadableFile, "the folder cannot be read", remedy: "check that you have the right to read it", file: path)
    }
    images = listing.images.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    texts = listing.texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    documents = listing.documents.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    problems = listing.problems
    imageSet = Set(images)
  }

  /// Whether a file may hold annotations, by its name.
  static func isDocumentName(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".txt", ".xml", ".json", ".csv"].contains(where: name.hasSuffix)
  }

  /// Whether there is a file of this path relative to the root.
  func contains(_ path: String) -> Bool {
    if imageSet.contains(path) { return true }
    let resolved = URL(fileURLWithPath: root + "/" + path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolved)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// The names of the classes if the folder has a list of them, or why the list cannot be read.
  func labels() -> (Labels?, DatasetProblem?) {
    guard let name = ["labels.txt", "synset_words.txt"].first(where: texts.contains) else { return (nil, nil) }
    do {
      return (try Labels(contentsOfFile: root + "/" + name), nil)
    } catch {
      return (nil, DatasetProblem(path: name, error: error))
    }
  }
}

/// A walk through folders.
private struct Listing {
  let root: String
  var images: [String] = []
  var texts: [String] = []
  var documents: [String] = []
  var problems: [DatasetProblem] = []
  /// The true paths of the folders seen, so that links do not lead in circles.
  private var visited: Set<String> = []

  init(root: String) { self.root = root }

  mutating func visit(_ folder: String, resolved: String, depth: Int, isCancelled: () -> Bool) throws {
    if isCancelled() { throw CancellationError() }
    guard visited.insert(resolved).inserted else { return }
    guard depth <= ImageFolder.maximumDepth else {
      problems.append(DatasetProblem(path: folder, reason: "folders lie too deep in each other"))
      return
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: resolved) else {
      problems.append(DatasetProblem(path: folder.isEmpty ? "." : folder, reason: "the folder cannot be read"))
      return
    }
    for name in names where !name.hasPrefix(".") && name != "__MACOSX" {
      let path = folder.isEmpty ? name : folder + "/" + name
      if ImageDecoderCatalog.isImageName(name) {
        images.append(path)
      } else if ImageFolder.isDocumentName(name) {
        documents.append(path)
        if folder.isEmpty, name.lowercased().hasSuffix(".txt") { texts.append(name) }
      } else if let below = Self.folder(at: resolved + "/" + name) {
        try visit(path, resolved: below, depth: depth + 1, isCancelled: isCancelled)
      }
    }
  }

  /// The true path of a folder or of a link to one; nil for anything else.
  private static func folder(at path: String) -> String? {
    func type(_ path: String) -> FileAttributeType? {
      (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
    switch type(path) {
    case .typeDirectory?: return path
    case .typeSymbolicLink?:
      let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      return type(resolved) == .typeDirectory ? resolved : nil
    default: return nil
    }
  }
}
