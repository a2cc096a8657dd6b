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

  private static func text(_ digest: SHA256.Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
