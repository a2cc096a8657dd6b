import CArchive

/// Reads an archive entry by entry; no other file calls the C code.
@safe final class ArchiveReader {
  /// One entry.
  struct Entry {
    /// The path as the archive has it; nil where it is no text.
    let name: String?
    /// What it is.
    let kind: archive_entry_kind
  }

  private let reader: OpaquePointer
  private let file: String

  /// Opens an archive.
  ///
  /// - Throws: `DatasetError.invalidArchive`.
  init(path: String) throws(DatasetError) {
    var failure = [CChar](repeating: 0, count: Int(ARCHIVE_FAILURE_CAPACITY))
    guard let reader = unsafe archive_reader_open(path, &failure) else {
      throw Self.error(failure, path)
    }
    unsafe self.reader = reader
    file = path
  }

  deinit { unsafe archive_reader_close(reader) }

  /// The next entry; nil at the end.
  ///
  /// - Throws: `DatasetError.invalidArchive`.
  func next() throws(DatasetError) -> Entry? {
    var failure = [CChar](repeating: 0, count: Int(ARCHIVE_FAILURE_CAPACITY))
    var name: UnsafePointer<CChar>?
    var kind = archive_entry_other
    switch unsafe archive_reader_next(reader, &name, &kind, &failure) {
    case 1: return Entry(name: unsafe name.flatMap { unsafe String(validatingCString: $0) }, kind: kind)
    case 0: return nil
    default: throw Self.error(failure, file)
    }
  }

  /// More of the entry's content, at most so many bytes; empty at its end.
  ///
  /// - Throws: `DatasetError.invalidArchive`.
  func read(upTo capacity: Int) throws(DatasetError) -> [UInt8] {
    var failure = [CChar](repeating: 0, count: Int(ARCHIVE_FAILURE_CAPACITY))
    var count = -1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
      count = Int(clamping: unsafe archive_reader_read(reader, buffer.baseAddress, capacity, &failure))
      initializedCount = min(max(count, 0), capacity)
    }
    guard count >= 0 else { throw Self.error(failure, file) }
    return bytes
  }

  private static func error(_ failure: [CChar], _ path: String) -> DatasetError {
    let reason = String(decoding: failure.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let isMissing = reason == "libarchive is not installed"
    return DatasetError(
      .invalidArchive, isMissing ? reason : "the archive cannot be read (\(reason))",
      remedy: isMissing
        ? "install it (Debian: libarchive13), or unpack the archive yourself" : "fetch or pack it again",
      file: path)
  }
}
