import CArchive
import FoundationEssentials

/// A dataset packed into one file: zip, tar, or tar compressed with gzip.
public struct DatasetArchive: Sendable {
  /// What is unpacked at most.
  public struct Limits: Sendable {
    /// The bytes of all files together.
    public var byteCount: Int
    /// The number of files.
    public var fileCount: Int
    /// How many times as many bytes as the archive has.
    public var expansion: Int

    /// Limits; those of datasets unless given: ten gigabytes, a million files, a thousandfold.
    public init(byteCount: Int = 10_000_000_000, fileCount: Int = 1_000_000, expansion: Int = 1000) {
      self.byteCount = byteCount
      self.fileCount = fileCount
      self.expansion = expansion
    }
  }

  /// What has been unpacked.
  public struct Outcome: Sendable, Hashable {
    /// How many files there are.
    public fileprivate(set) var fileCount = 0
    /// Their bytes.
    public fileprivate(set) var byteCount = 0
    /// The entries that were refused, and why.
    public fileprivate(set) var problems: [DatasetProblem] = []
  }

  private static let suffixes = [".zip", ".tar", ".tar.gz", ".tgz"]
  private static let blockSize = 1 << 16
  /// Small archives may grow to this whatever the expansion.
  private static let harmlessByteCount = 64_000_000

  /// The path of the file.
  public let path: String

  /// An archive at a path.
  public init(path: String) { self.path = path }

  /// Whether a file's name is that of an archive.
  public static func isArchiveName(_ name: String) -> Bool {
    let name = name.lowercased()
    return suffixes.contains(where: name.hasSuffix)
  }

  /// Unpacks pictures and annotations into a folder that does not exist yet.
  ///
  /// Nothing is written outside of it: paths that lead out of it, links and devices are refused one by one. The folder is
  /// there when everything is in it, and not before.
  ///
  /// - Throws: `DatasetError.invalidArchive` for a damaged archive, or one that exceeds the limits; `CancellationError`.
  public func unpack(
    into folder: String, limits: Limits = Limits(), isCancelled: () -> Bool = { false },
    progress: (_ fileCount: Int) -> Void = { _ in }
  ) throws -> Outcome {
    let partial = "\(folder).part-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
      var unpacking = Unpacking(
        reader: try ArchiveReader(path: path), folder: partial, limits: limits,
        byteLimit: min(limits.byteCount, Self.expanded(RegularFile.byteCount(atPath: path), limits.expansion)),
        archive: path)
      while let entry = try unpacking.reader.next() {
        if isCancelled() { throw CancellationError() }
        try unpacking.take(entry, isCancelled: isCancelled)
        progress(unpacking.outcome.fileCount)
      }
      do {
        try FileManager.default.moveItem(atPath: partial, toPath: folder)
      } catch {
        // Somebody else may have unpacked the same archive meanwhile.
        guard FileManager.default.fileExists(atPath: folder) else { throw error }
        try? FileManager.default.removeItem(atPath: partial)
      }
      return unpacking.outcome
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      if error is CocoaError {
        throw DatasetError(
          .invalidArchive, "the archive cannot be unpacked into \(folder)",
          remedy: "make room there, or unpack the archive yourself", file: path)
      }
      throw error
    }
  }

  private static func expanded(_ byteCount: Int, _ factor: Int) -> Int {
    let (product, overflow) = byteCount.multipliedReportingOverflow(by: factor)
    return overflow ? Int.max : max(product, harmlessByteCount)
  }

  private struct Unpacking {
    let reader: ArchiveReader
    let folder: String
    let limits: Limits
    let byteLimit: Int
    let archive: String
    var outcome = Outcome()
    private var taken: Set<String> = []
    private var entryCount = 0
    private var readByteCount = 0

    init(reader: ArchiveReader, folder: String, limits: Limits, byteLimit: Int, archive: String) {
      self.reader = reader
      self.folder = folder
      self.limits = limits
      self.byteLimit = byteLimit
      self.archive = archive
    }

    /// Entries that are passed over or refused cost something too.
    private static let entriesPerFile = 10

    mutating func take(_ entry: ArchiveReader.Entry, isCancelled: () -> Bool) throws {
      entryCount += 1
      guard entryCount / Self.entriesPerFile <= limits.fileCount else { throw bomb("has \(entryCount) entries") }
      guard let name = entry.name, !name.isEmpty else { return refuse("?", "has no name that is text") }
      switch entry.kind {
      case archive_entry_folder: return
      case archive_entry_link: return refuse(name, "is a link, and links are not unpacked")
      case archive_entry_file: break
      default: return refuse(name, "is neither a file nor a folder")
      }
      guard let path = Self.relativePath(name) else { return refuse(name, "is no path inside of the folder") }
      guard ImageDecoderCatalog.isImageName(path) || ImageFolder.isDocumentName(path) else {
        while try !block(isCancelled).isEmpty {}
        return
      }
      guard taken.insert(path).inserted else { return refuse(name, "is there twice") }
      guard taken.count <= limits.fileCount else { throw bomb("has more than \(limits.fileCount) files") }
      let target = folder + "/" + path
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
      try write(to: target, isCancelled: isCancelled)
      outcome.fileCount += 1
    }

    private mutating func write(to target: String, isCancelled: () -> Bool) throws {
      var content = Data()
      while case let block = try block(isCancelled), !block.isEmpty {
        outcome.byteCount += block.count
        guard content.count <= RegularFile.maximumByteCount else {
          throw bomb("unpacks to more than \(RegularFile.maximumByteCount) bytes")
        }
        content.append(contentsOf: block)
      }
      try content.write(to: URL(fileURLWithPath: target))
    }

    /// The next bytes of the entry, whether they are kept or not; none at its end.
    private mutating func block(_ isCancelled: () -> Bool) throws -> [UInt8] {
      if isCancelled() { throw CancellationError() }
      let block = try reader.read(upTo: DatasetArchive.blockSize)
      readByteCount += block.count
      guard readByteCount <= byteLimit else { throw bomb("unpacks to more than \(byteLimit) bytes") }
      return block
    }

    private mutating func refuse(_ name: String, _ reason: String) {
      let file = archive.split(separator: "/").last.map(String.init) ?? archive
      outcome.problems.append(DatasetProblem(path: "\(file)/\(name)", reason: reason))
    }

    private func bomb(_ reason: String) -> DatasetError {
      DatasetError(
        .invalidArchive, "the archive \(reason)", remedy: "if you trust it, unpack it yourself and open the folder",
        file: archive)
    }

    /// The path below the folder; nil where it would lead out of it.
    private static func relativePath(_ name: String) -> String? {
      guard name.utf8.first != UInt8(ascii: "/"), !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "\\")) else {
        return nil
      }
      // Scalars, since a combining mark behind a slash makes one character of the two.
      let parts = name.unicodeScalars.split(separator: "/").map(String.init).filter { $0 != "." }
      guard !parts.isEmpty, !parts.contains(".."), parts.count <= ImageFolder.maximumDepth,
        parts.allSatisfy({ $0.utf8.count <= 255 })
      else { return nil }
      return parts.joined(separator: "/")
    }
  }
}
