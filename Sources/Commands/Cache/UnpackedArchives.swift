import Datasets
import FoundationEssentials

/// Archives of datasets that were unpacked, each in a folder that is named by the archive's hash.
struct UnpackedArchives {
  private static let refusals = ".refused"
  private let folder: String

  /// Those beside kept results; in the folder for temporary files where nothing is kept.
  init(_ results: ResultStore) {
    folder = (results.folder ?? FileManager.default.temporaryDirectory.path + "/octet") + "/archives"
  }

  /// The folder with an archive's pictures, unpacked unless it is there already, and the entries that were refused.
  ///
  /// An archive that holds one folder and nothing else stands for that folder.
  ///
  /// - Throws: `DatasetError`, `CancellationError`.
  func contents(
    of path: String, isCancelled: () -> Bool, progress: (_ fileCount: Int) -> Void
  ) throws -> (folder: String, refused: [DatasetProblem]) {
    guard let digest = FileDigest.ofFile(path) else {
      throw DatasetError(
        .unreadableFile, "the archive cannot be read", remedy: "check that you have the right to read it", file: path)
    }
    let target = "\(folder)/\(digest)"
    let list = "\(target)/\(Self.refusals)"
    if !FileManager.default.fileExists(atPath: target) {
      let archive = DatasetArchive(path: path)
      let outcome = try archive.unpack(into: target, isCancelled: isCancelled, progress: progress)
      let lines = outcome.problems.map { Self.line($0.path) + "\t" + Self.line($0.reason) }
      try? Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: list))
    }
    let lines = FileManager.default.contents(atPath: list).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let refused = lines.split(separator: "\n").compactMap { line -> DatasetProblem? in
      let parts = line.split(separator: "\t").map(String.init)
      return parts.count == 2 ? DatasetProblem(path: parts[0], reason: parts[1]) : nil
    }
    return (Self.innermost(target), refused)
  }

  /// How many archives there are, and their bytes.
  func usage() -> ResultStore.Usage {
    var usage = ResultStore.Usage()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      usage.count += 1
      usage.byteCount += Self.byteCount(of: "\(folder)/\(name)")
    }
    return usage
  }

  /// Removes all of them and tells what there was.
  func clear() -> ResultStore.Usage {
    let usage = self.usage()
    try? FileManager.default.removeItem(atPath: folder)
    return usage
  }

  private static func byteCount(of folder: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      let path = "\(folder)/\(name)"
      guard let status = FileStatus(path: path) else { return sum }
      return sum + (status.isRegular ? status.byteCount : byteCount(of: path))
    }
  }

  private static func line(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }

  private static func innermost(_ folder: String) -> String {
    var folder = folder
    while let names = try? FileManager.default.contentsOfDirectory(atPath: folder).filter({ !$0.hasPrefix(".") }),
      names.count == 1, (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(names[0])")) != nil
    {
      folder += "/\(names[0])"
    }
    return folder
  }
}
