package import FoundationEssentials
import Tensors

/// Puts numbers and texts behind each other as bytes, little-endian, lengths in front.
package struct ByteWriter {
  /// What was written so far.
  package private(set) var bytes = Data()

  /// Nothing written yet.
  package init() {}

  /// Writes a count, an index or a size.
  package mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }

  /// Writes 64 bits.
  package mutating func write(_ value: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  /// Writes a number exactly.
  package mutating func write(_ value: Float) { write(UInt64(value.bitPattern)) }

  /// Writes a number exactly.
  package mutating func write(_ value: Double) { write(value.bitPattern) }

  /// Writes a text.
  package mutating func write(_ text: String) { write(Data(text.utf8)) }

  /// Writes bytes with their number in front.
  package mutating func write(_ data: Data) {
    write(data.count)
    bytes.append(data)
  }

  /// Writes numbers exactly, with their number in front, four bytes each.
  package mutating func write(_ values: [Float]) { write(LittleEndianElements.bytes(of: .float32(values))) }
}
