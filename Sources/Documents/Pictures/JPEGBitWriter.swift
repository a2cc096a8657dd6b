/// The bytes of a JPEG file: segments, and bits with a zero byte stuffed behind every 0xFF.
struct JPEGBitWriter {
  private(set) var bytes: [UInt8] = []
  private var pending = 0
  private var pendingCount = 0

  mutating func append(marker: UInt8) {
    bytes += [0xFF, marker]
  }

  mutating func append(segment marker: UInt8, _ content: [UInt8]) {
    append(marker: marker)
    let length = content.count + 2
    bytes += [UInt8(length >> 8), UInt8(length & 255)]
    bytes += content
  }

  /// Appends the lowest `count` bits, at most 16.
  mutating func append(_ value: Int, count: Int) {
    pending = pending << count | value & (1 << count - 1)
    pendingCount += count
    while pendingCount >= 8 {
      let byte = UInt8(pending >> (pendingCount - 8) & 255)
      bytes.append(byte)
      if byte == 0xFF { bytes.append(0) }
      pendingCount -= 8
    }
    pending &= 1 << pendingCount - 1
  }

  /// Fills the last byte with ones.
  mutating func finish() {
    if pendingCount > 0 { append(0x7F, count: 8 - pendingCount) }
  }
}
