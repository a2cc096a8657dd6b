import CZlib
import FoundationEssentials

/// Writes files as a compressed archive (POSIX ustar in gzip) that is the same byte for byte for the same files.
enum TarArchive {
  private static let blockByteCount = 512

  /// Writes an archive.
  ///
  /// - Parameter folder: the name of the folder that everything lies in.
  /// - Throws: `PackageError` for a name that the format cannot hold or a disk without room, `CancellationError`.
  static func write(
    _ files: [PackageContent.File], below folder: String, to path: String, isCancelled: () -> Bool
  ) throws {
    let stream = try GzipStream(path: path)
    for file in files {
      if isCancelled() { throw CancellationError() }
      try stream.write(try header("\(folder)/\(file.path)", file.bytes.count, isProgram: file.isProgram))
      try stream.write([UInt8](file.bytes))
      try stream.write(
        [UInt8](repeating: 0, count: (blockByteCount - file.bytes.count % blockByteCount) % blockByteCount))
    }
    try stream.write([UInt8](repeating: 0, count: 2 * blockByteCount))
    try stream.close()
  }

  private static func header(_ path: String, _ byteCount: Int, isProgram: Bool) throws -> [UInt8] {
    var name = Array(path.utf8)
    var prefix: [UInt8] = []
    if name.count > 100 {
      // A long path is cut at a slash, its front at most 155 bytes.
      guard let cut = name.indices.first(where: { name[$0] == 0x2F && name.count - $0 - 1 <= 100 && $0 > 0 }),
        cut <= 155
      else {
        throw PackageError(message: "the path \(path) is too long for an archive", remedy: "use a shorter folder name")
      }
      prefix = Array(name[..<cut])
      name = Array(name[(cut + 1)...])
    }
    var block = [UInt8](repeating: 0, count: blockByteCount)
    func put(_ bytes: [UInt8], at offset: Int) { block.replaceSubrange(offset..<offset + bytes.count, with: bytes) }
    func octal(_ number: Int, _ width: Int) -> [UInt8] {
      let digits = String(number, radix: 8)
      return Array((String(repeating: "0", count: max(width - digits.count, 0)) + digits).utf8)
    }
    guard byteCount < 1 << 33 else {
      throw PackageError(message: "\(path) is too large for an archive", remedy: "package a smaller model")
    }
    put(name, at: 0)
    put(octal(isProgram ? 0o755 : 0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(byteCount, 11), at: 124)
    put(octal(0, 11), at: 136)
    put([UInt8](repeating: 0x20, count: 8), at: 148)
    put(Array("0".utf8), at: 156)
    put(Array("ustar\u{0}00".utf8), at: 257)
    put(prefix, at: 345)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(octal(sum, 6) + [0, 0x20], at: 148)
    return block
  }
}

/// A gzip file that is written from front to back.
///
/// The only code here that touches C: the file lives as long as this object.
@safe private final class GzipStream {
  private var file: gzFile?
  private let path: String

  init(path: String) throws {
    self.path = path
    unsafe file = gzopen(path, "wb6")
    guard unsafe file != nil else { throw failure }
  }

  deinit {
    if let file = unsafe file { _ = unsafe gzclose(file) }
  }

  func write(_ bytes: [UInt8]) throws {
    var start = 0
    while start < bytes.count {
      let piece = Array(bytes[start..<min(start + 1 << 20, bytes.count)])
      guard unsafe gzwrite(file, piece, UInt32(piece.count)) == Int32(piece.count) else { throw failure }
      start += piece.count
    }
  }

  func close() throws {
    guard let open = unsafe file else { return }
    unsafe file = nil
    guard unsafe gzclose(open) == Z_OK else { throw failure }
  }

  private var failure: PackageError {
    PackageError(
      message: "\(path) cannot be written", remedy: "name a folder on a disk with room, where you may write to")
  }
}
