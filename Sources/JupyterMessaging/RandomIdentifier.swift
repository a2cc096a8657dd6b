/// Identifiers that nobody else has: the session of a process, a key.
public enum RandomIdentifier {
  /// A random UUID (RFC 9562, version 4) in lower case.
  public static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    for word in [generator.next(), generator.next()] as [UInt64] {
      bytes.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) })
    }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let groups = [bytes[0..<4], bytes[4..<6], bytes[6..<8], bytes[8..<10], bytes[10..<16]]
    return groups.map { String(decoding: Hexadecimal.encode($0), as: UTF8.self) }.joined(separator: "-")
  }
}
