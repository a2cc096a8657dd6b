/// The signatures seen lately, so that a recorded message cannot be sent a second time.
struct ReplayHistory: Sendable {
  private struct Digest: Hashable {
    let words: SIMD4<UInt64>

    /// Takes the first 64 hexadecimal digits, which tell signatures apart.
    init(_ signature: [UInt8]) {
      var words = SIMD4<UInt64>()
      for (index, byte) in (Hexadecimal.decode(Array(signature.prefix(64))) ?? []).enumerated() {
        words[index / 8] = words[index / 8] << 8 | UInt64(byte)
      }
      self.words = words
    }
  }

  private let capacity: Int
  private var known: Set<Digest> = []
  private var order: [Digest] = []
  private var oldest = 0

  /// Creates a history that remembers the newest `capacity` signatures.
  init(capacity: Int = 65_536) {
    self.capacity = max(1, capacity)
  }

  /// Remembers `signature`; false where it is known already.
  mutating func insert(_ signature: [UInt8]) -> Bool {
    let digest = Digest(signature)
    guard known.insert(digest).inserted else { return false }
    if order.count < capacity {
      order.append(digest)
    } else {
      known.remove(order[oldest])
      order[oldest] = digest
      oldest = (oldest + 1) % capacity
    }
    return true
  }
}
