import FoundationEssentials

/// Reading of whole files, refusing whatever is not one.
enum RegularFile {
  /// The largest file that is read; no picture or label file comes near.
  static let maximumByteCount = 1 << 30

  /// The content of a regular file; symbolic links are followed.
  ///
  /// - Throws: `DatasetError.unreadableFile` or `emptyFile`.
  static func bytes(atPath path: String) throws(DatasetError) -> [UInt8] {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw DatasetError(.unreadableFile, "the path is empty or no path", remedy: "name a file")
    }
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else {
      throw DatasetError(.unreadableFile, "there is no such file", remedy: "check the path", file: path)
    }
    guard let type = attributes[.type] as? FileAttributeType, type == .typeRegular else {
      throw DatasetError(.unreadableFile, "is no file", remedy: "name the file itself", file: path)
    }
    let byteCount = Self.byteCount(attributes)
    guard byteCount <= maximumByteCount else {
      throw DatasetError(
        .unreadableFile, "has \(byteCount) bytes, more than the \(maximumByteCount) that are read", file: path)
    }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: resolved)) else {
      throw DatasetError(
        .unreadableFile, "cannot be read", remedy: "check that you have the right to read it", file: path)
    }
    guard !data.isEmpty else { throw DatasetError(.emptyFile, "the file is empty", file: path) }
    return [UInt8](data)
  }

  /// The bytes of a file; 0 where there is none. Symbolic links are followed.
  static func byteCount(atPath path: String) -> Int {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return (try? FileManager.default.attributesOfItem(atPath: resolved)).map(byteCount) ?? 0
  }

  private static func byteCount(_ attributes: [FileAttributeKey: Any]) -> Int {
    // The number's type depends on whether the whole of Foundation is linked or its essentials alone.
    let size = attributes[.size]
    return size as? Int ?? (size as? any BinaryInteger).map { Int(clamping: $0) } ?? 0
  }

  /// The first line of a text file, at most 4096 bytes of it; nil where the file cannot be read.
  static func firstLine(atPath path: String) -> String? {
    guard let bytes = try? bytes(atPath: path) else { return nil }
    return String(decoding: bytes.prefix(4096).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self).trimmed
  }

  /// The lines of a text file in UTF-8, without their ends (LF or CR LF) and without a byte order mark.
  ///
  /// Bytes that are no UTF-8 are shown as U+FFFD. A last line that is empty is no line.
  ///
  /// - Throws: `DatasetError.unreadableFile` or `emptyFile`.
  static func lines(atPath path: String) throws(DatasetError) -> [String] {
    var bytes = try bytes(atPath: path)[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }
}
