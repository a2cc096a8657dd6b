public import CommandLanguage
import Datasets
import FoundationEssentials

/// What completion finds in the file system and in a session's datasets.
public struct SessionCompletion: CompletionSource, Sendable {
  private static let limit = 500

  private let session: Session

  /// Completion on a session.
  public init(_ session: Session) { self.session = session }

  /// Files and folders whose path begins so; hidden ones only where the name begins with a dot.
  public func files(prefix: String, kinds: [FileKind]) -> [String] {
    let folderPart = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let namePart = String(prefix.dropFirst(folderPart.count))
    let folder = session.path(folderPart.isEmpty ? "." : folderPart)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    let extensions = kinds.compactMap { kind -> String? in
      if case .file(let fileExtension) = kind { "." + fileExtension.lowercased() } else { nil }
    }
    let wantsFiles = kinds.isEmpty || !extensions.isEmpty
    let matches = names.filter { name in
      name.hasPrefix(namePart) && (namePart.hasPrefix(".") || !name.hasPrefix("."))
    }.sorted()
    return matches.prefix(Self.limit).compactMap { name in
      var isFolder = false
      guard FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder) else { return nil }
      if isFolder { return folderPart + name + "/" }
      guard wantsFiles, extensions.isEmpty || extensions.contains(where: name.lowercased().hasSuffix) else {
        return nil
      }
      return folderPart + name
    }
  }

  /// The paths of a dataset's samples that begin so.
  public func elements(of name: String, prefix: String) -> [String] {
    guard case .dataset(let loaded)? = session.value(of: name) else { return [] }
    return loaded.dataset.samples.lazy.map(\.path).filter { $0.hasPrefix(prefix) }.prefix(Self.limit).map { $0 }
  }

  /// None: all columns are declared.
  public func columns(of name: String) -> [ColumnSignature] { [] }
}
