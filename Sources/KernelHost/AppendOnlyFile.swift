import Glibc

/// A file that is appended to, open as long as the value's last copy lives.
package final class AppendOnlyFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Opens the file for its owner alone, creating it and the folders above it where they are missing.
  package init(path: String) throws(KernelHostError) {
    self.path = path
    for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      _ = unsafe mkdir(String(decoding: path.utf8.prefix(index), as: UTF8.self), 0o700)
    }
    descriptor = unsafe open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure("opened", path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends `bytes` in one piece.
  package func append(_ bytes: [UInt8]) throws(KernelHostError) {
    guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else { throw Self.failure("written", path) }
  }

  /// Empties the file and appends `bytes`.
  package func replaceContents(with bytes: [UInt8]) throws(KernelHostError) {
    guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("cut", path) }
    try append(bytes)
  }

  private static func failure(_ action: String, _ path: String) -> KernelHostError {
    KernelHostError(.file, "the file cannot be \(action) (error \(errno))", context: path)
  }
}
