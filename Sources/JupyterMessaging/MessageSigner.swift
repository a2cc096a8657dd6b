import Crypto
import FoundationEssentials

/// Signs and verifies messages with the key that a kernel and its clients share.
///
/// The signature is the HMAC (RFC 2104) of the frames one after another, in lower-case hexadecimal.
public struct MessageSigner: Sendable {
  /// The hash functions that a signature scheme can name.
  public enum Scheme: String, Sendable, CaseIterable {
    /// HMAC with SHA-256, what every client uses by default.
    case sha256 = "hmac-sha256"
    /// HMAC with MD5, which old clients can be set to.
    case md5 = "hmac-md5"
    /// HMAC with SHA-384.
    case sha384 = "hmac-sha384"
    /// HMAC with SHA-512.
    case sha512 = "hmac-sha512"
  }

  private let scheme: Scheme
  private let key: SymmetricKey?

  /// Creates a signer; with an empty key messages are neither signed nor verified.
  public init(scheme: Scheme = .sha256, key: some Sequence<UInt8>) {
    let bytes = Array(key)
    self.scheme = scheme
    self.key = bytes.isEmpty ? nil : SymmetricKey(data: bytes)
  }

  /// Whether there is a key.
  public var isEnabled: Bool { key != nil }

  /// The signature of `frames` in this order; empty without a key.
  public func signature(of frames: [[UInt8]]) -> [UInt8] {
    guard let key else { return [] }
    return switch scheme {
    case .sha256: Hexadecimal.encode(code(of: frames, SHA256.self, key))
    case .md5: Hexadecimal.encode(code(of: frames, Insecure.MD5.self, key))
    case .sha384: Hexadecimal.encode(code(of: frames, SHA384.self, key))
    case .sha512: Hexadecimal.encode(code(of: frames, SHA512.self, key))
    }
  }

  /// Whether `signature` is that of `frames`, compared in constant time; always true without a key.
  public func isValid(_ signature: [UInt8], for frames: [[UInt8]]) -> Bool {
    guard let key else { return true }
    guard let received = Hexadecimal.decode(signature) else { return false }
    return switch scheme {
    case .sha256: code(of: frames, SHA256.self, key) == received
    case .md5: code(of: frames, Insecure.MD5.self, key) == received
    case .sha384: code(of: frames, SHA384.self, key) == received
    case .sha512: code(of: frames, SHA512.self, key) == received
    }
  }

  private func code<Hash: HashFunction>(
    of frames: [[UInt8]], _: Hash.Type, _ key: SymmetricKey
  ) -> HashedAuthenticationCode<Hash> {
    var authentication = HMAC<Hash>(key: key)
    for frame in frames { authentication.update(data: frame) }
    return authentication.finalize()
  }
}
