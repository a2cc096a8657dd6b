import Glibc

/// A file that several processes append to, open as long as the value's last copy lives.
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

  /// Waits until no other process holds the file, a tenth of a second at most.
  func lock() throws(KernelHostError) {
    for _ in 0..<100 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      usleep(1000)
    }
    throw Self.failure("locked", path)
  }

  /// Lets other processes go on.
  func unlock() {
    _ = flock(descriptor, LOCK_UN)
  }

  /// All bytes of the file.
  func contents() throws(KernelHostError) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.failure("read", path) }
    var isComplete = true
    let descriptor = descriptor
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let result = unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        guard result > 0 else {
          isComplete = result == 0
          return
        }
        count += result
      }
    }
    guard isComplete else { throw Self.failure("read", path) }
    return bytes
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
    KernelHostError(
      .historyFile, "the history cannot be \(action) (error \(errno)); cells are remembered only until the kernel ends",
      context: path)
  }
}
