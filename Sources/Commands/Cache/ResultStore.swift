import Crypto
import Documents
package import FoundationEssentials

/// Finished work on disk, found again by the hash of all that it was made of.
///
/// A kernel that is killed and started again, or another notebook with the same models and pictures, takes a stage that was
/// finished before from here instead of computing it anew. Files are written under another name and renamed when they are
/// whole, and each begins with the hash of its content, so that a half-written or damaged one is never taken for a result.
public final class ResultStore: Sendable {
  /// What is kept of one kind.
  public struct Usage: Sendable, Hashable {
    /// The number of files.
    public var count = 0
    /// Their bytes.
    public var byteCount = 0

    static func += (sum: inout Usage, other: Usage) {
      sum.count += other.count
      sum.byteCount += other.byteCount
    }

    /// Both in words.
    public var summary: String {
      "\(count) result\(count == 1 ? "" : "s"), \(NumberFormat.bytes.string(for: byteCount))"
    }
  }

  /// The limit where none was set: 2 GiB.
  public static let defaultLimit = 2 * 1024 * 1024 * 1024
  private static let mark = Data("octet result 1\n".utf8)
  private static let digestSize = 32

  /// The folder; nil where nothing is kept.
  public let folder: String?

  /// The user's store: `$OCTET_CACHE`, else `octet/results` in `$XDG_CACHE_HOME` or `~/.cache`; none where `OCTET_CACHE` is
  /// `off`.
  public static let standard = ResultStore(folder: standardFolder)

  /// A store in a folder, which is made when something is first kept.
  public init(folder: String?) { self.folder = folder }

  private static var standardFolder: String? {
    let environment = ProcessInfo.processInfo.environment
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let folder = variable("OCTET_CACHE") { return folder == "off" ? nil : folder }
    if let folder = variable("XDG_CACHE_HOME") { return folder + "/octet/results" }
    return variable("HOME").map { $0 + "/.cache/octet/results" }
  }

  // MARK: Results

  /// The content of a result; nil where it is not kept, or damaged.
  package func data(_ kind: ResultKind, _ name: String) -> Data? {
    guard let path = path(kind, name), let file = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return nil }
    let start = Self.mark.count + Self.digestSize
    guard file.count >= start, file.prefix(Self.mark.count) == Self.mark,
      file[Self.mark.count..<start].elementsEqual(SHA256.hash(data: file[start...]))
    else {
      try? FileManager.default.removeItem(atPath: path)
      return nil
    }
    // The time of use, by which the oldest results are found when room is needed.
    try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
    return file[start...]
  }

  /// Keeps a result; one that cannot be written is not kept.
  package func keep(_ content: Data, _ kind: ResultKind, _ name: String) {
    guard let folder, let path = path(kind, name), content.count <= limit else { return }
    let file = Self.mark + Data(SHA256.hash(data: content)) + content
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(kind.rawValue)", withIntermediateDirectories: true)
      try file.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { return }
    makeRoom()
  }

  /// Removes the results of a kind whose names begin with a text.
  package func remove(_ kind: ResultKind, beginningWith prefix: String) {
    guard let folder else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind.rawValue)")) ?? []
    for name in names where name.hasPrefix(prefix) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(kind.rawValue)/\(name)")
    }
  }

  private func path(_ kind: ResultKind, _ name: String) -> String? { folder.map { "\($0)/\(kind.rawValue)/\(name)" } }

  // MARK: Size

  /// How many bytes are kept at most.
  public var limit: Int {
    guard let folder, let data = FileManager.default.contents(atPath: folder + "/limit"),
      let limit = Int(String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }), limit >= 0
    else { return Self.defaultLimit }
    return limit
  }

  /// Sets how many bytes are kept at most, for all kernels that share the folder, and makes room at once.
  ///
  /// - Throws: where the folder cannot be written.
  package func setLimit(_ byteCount: Int) throws {
    guard let folder else { return }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("\(byteCount)\n".utf8).write(to: URL(fileURLWithPath: folder + "/limit"), options: .atomic)
    makeRoom()
  }

  /// What is kept of a kind.
  package func usage(of kind: ResultKind) -> Usage {
    files(of: kind).reduce(into: Usage()) { usage, file in
      usage.count += 1
      usage.byteCount += file.byteCount
    }
  }

  /// What is kept; nil where nothing can be.
  public func usage() -> Usage? {
    guard let folder,
      (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil,
      FileManager.default.isWritableFile(atPath: folder)
    else { return nil }
    return ResultKind.allCases.map(usage(of:)).reduce(into: Usage()) { sum, usage in
      sum.count += usage.count
      sum.byteCount += usage.byteCount
    }
  }

  /// Removes all results of some kinds and tells what there was.
  package func clear(_ kinds: [ResultKind]) -> Usage {
    var removed = Usage()
    for file in kinds.flatMap(files(of:)) where (try? FileManager.default.removeItem(atPath: file.path)) != nil {
      removed.count += 1
      removed.byteCount += file.byteCount
    }
    return removed
  }

  private struct File {
    let path: String
    let byteCount: Int
    /// Nanoseconds since 1970.
    let lastUse: Int
  }

  private func files(of kind: ResultKind) -> [File] {
    guard let folder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind.rawValue)")) ?? []
    return names.compactMap { name in
      let path = "\(folder)/\(kind.rawValue)/\(name)"
      return FileStatus(path: path).map { File(path: path, byteCount: $0.byteCount, lastUse: $0.modified) }
    }
  }

  /// Removes what was not used for longest, until the limit holds.
  private func makeRoom() {
    let limit = limit
    let files = ResultKind.allCases.flatMap(files(of:))
    var total = files.map(\.byteCount).reduce(0, +)
    guard total > limit else { return }
    for file in files.sorted(by: { $0.lastUse < $1.lastUse }) where total > limit {
      if (try? FileManager.default.removeItem(atPath: file.path)) != nil { total -= file.byteCount }
    }
  }
}
