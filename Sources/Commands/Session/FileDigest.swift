import Crypto
import FoundationEssentials

/// SHA-256 of files, in hexadecimal.
enum FileDigest {
  /// The digest of a file's content; nil if it cannot be read.
  static func ofFile(_ path: String) -> String? {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else { return nil }
    return text(SHA256.hash(data: data))
  }

  /// The digest of a text.
  static func ofText(_ text: String) -> String { self.text(SHA256.hash(data: Data(text.utf8))) }

  /// The digest of bytes.
  static func ofBytes(_ bytes: Data) -> String { text(SHA256.hash(data: bytes)) }

  /// The digest of a list of files: of one line `digest  name` for each, in order, as `sha256sum` writes it.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  static func ofFiles(_ files: [(name: String, path: String)], isCancelled: () -> Bool) throws -> String {
    var hash = SHA256()
    for file in files {
      if isCancelled() { throw CancellationError() }
      hash.update(data: Data("\(ofFile(file.path) ?? "unreadable")  \(file.name)\n".utf8))
    }
    return text(hash.finalize())
  }

  private static func text(_ digest: SHA256.Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
