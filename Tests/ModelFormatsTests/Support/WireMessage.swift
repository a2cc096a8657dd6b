/// A Protocol Buffers message written by field numbers, independent of the generated code under test.
struct WireMessage {
  private(set) var bytes: [UInt8] = []

  /// Lets a closure fill a new message.
  init(_ fill: (inout WireMessage) -> Void = { _ in }) { fill(&self) }

  mutating func integer(_ field: Int, _ value: Int) {
    tag(field, 0)
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func integers(_ field: Int, _ values: [Int]) {
    for value in values { integer(field, value) }
  }

  mutating func packedIntegers(_ field: Int, _ values: [Int]) {
    var content = WireMessage()
    for value in values { content.varint(UInt64(bitPattern: Int64(value))) }
    raw(field, content.bytes)
  }

  mutating func float(_ field: Int, _ value: Float) {
    tag(field, 5)
    bytes += Self.littleEndian(value.bitPattern)
  }

  mutating func packedFloats(_ field: Int, _ values: [Float]) {
    raw(field, values.flatMap { Self.littleEndian($0.bitPattern) })
  }

  mutating func packedDoubles(_ field: Int, _ values: [Double]) {
    raw(field, values.flatMap { Self.littleEndian($0.bitPattern) })
  }

  mutating func string(_ field: Int, _ value: String) { raw(field, Array(value.utf8)) }

  mutating func message(_ field: Int, _ value: WireMessage) { raw(field, value.bytes) }

  mutating func raw(_ field: Int, _ value: [UInt8]) {
    tag(field, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  static func littleEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
    (0..<Word.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }

  private mutating func tag(_ field: Int, _ wireType: Int) { varint(UInt64(field << 3 | wireType)) }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
