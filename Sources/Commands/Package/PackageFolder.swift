import Deployment
import FoundationEssentials

/// The folder of a package and the archive beside it, which appear whole or not at all.
struct PackageFolder {
  /// The folder, absolute, without a slash at its end.
  let path: String
  /// The archive beside it.
  var archivePath: String { path + ".tar.gz" }

  /// Takes the path of a folder.
  init(path: String) { self.path = Self.withoutSlashes(path) }

  /// A path without slashes at its end.
  static func withoutSlashes(_ path: String) -> String {
    let end = path.unicodeScalars.lastIndex { $0 != "/" }
    return end.map { String(path.unicodeScalars[...$0]) } ?? path
  }

  /// What came of writing.
  struct Written {
    let archiveByteCount: Int
    /// The SHA-256 of the archive, in hexadecimal.
    let archiveDigest: String
  }

  /// Why nothing can be written there; nil if nothing stands in the way.
  var obstacle: String? {
    let hasArchive = FileManager.default.fileExists(atPath: archivePath)
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return hasArchive ? "would have its archive where another file is" : nil
    }
    guard isFolder else { return "is a file" }
    if isPackage { return nil }
    let isEmpty = (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty ?? false
    return !isEmpty ? "holds other files" : hasArchive ? "would have its archive where another file is" : nil
  }

  private var isPackage: Bool {
    let manifest = FileManager.default.contents(atPath: "\(path)/\(PackageContent.manifestName)")
      .flatMap { try? JSONDecoder().decode(PackageContent.Manifest.self, from: $0) }
    return manifest?.files.contains { $0.path == "model/\(PackagedModel.fileName)" } ?? false
  }

  /// Writes all files and the archive.
  ///
  /// - Throws: `PackageError`; what was there before stays then. `CancellationError` soon after `isCancelled` becomes true.
  func write(_ content: PackageContent, isCancelled: () -> Bool) throws -> Written {
    let manager = FileManager.default
    let draft = "\(path).unfinished-\(ProcessInfo.processInfo.processIdentifier)"
    let archive = archivePath
    let replaced = "\(path).replaced-\(ProcessInfo.processInfo.processIdentifier)"
    defer {
      try? manager.removeItem(atPath: draft)
      try? manager.removeItem(atPath: draft + ".tar.gz")
    }
    do {
      for file in content.files {
        if isCancelled() { throw CancellationError() }
        let target = URL(fileURLWithPath: "\(draft)/\(file.path)")
        try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try file.bytes.write(to: target)
        try manager.setAttributes([.posixPermissions: file.isProgram ? 0o755 : 0o644], ofItemAtPath: target.path)
      }
      let name = path.split(separator: "/").last.map(String.init) ?? "package"
      try TarArchive.write(content.files, below: name, to: draft + ".tar.gz", isCancelled: isCancelled)
      if manager.fileExists(atPath: path) { try manager.moveItem(atPath: path, toPath: replaced) }
      do {
        try manager.moveItem(atPath: draft, toPath: path)
      } catch {
        try? manager.moveItem(atPath: replaced, toPath: path)
        throw error
      }
      try? manager.removeItem(atPath: replaced)
      if manager.fileExists(atPath: archive) { try manager.removeItem(atPath: archive) }
      try manager.moveItem(atPath: draft + ".tar.gz", toPath: archive)
    } catch let error as CancellationError {
      throw error
    } catch let error as PackageError {
      throw error
    } catch {
      throw PackageError(
        message: "\(path) cannot be written", remedy: "name a folder on a disk with room, where you may write to")
    }
    return Written(
      archiveByteCount: FileStatus(path: archive)?.byteCount ?? 0, archiveDigest: FileDigest.ofFile(archive) ?? "")
  }
}
