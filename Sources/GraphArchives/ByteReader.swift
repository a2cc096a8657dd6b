package import FoundationEssentials
import Tensors

/// Takes from bytes what `ByteWriter` put there.
package struct ByteReader {
  private let bytes: Data
  private var position: Data.Index

  /// Why bytes cannot be read.
  package struct Failure: Error {
    /// A failure.
    package init() {}
  }

  /// Reads from the first byte on.
  package init(_ bytes: Data) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Whether nothing is left.
  package var isAtEnd: Bool { position == bytes.endIndex }

  /// 64 bits.
  package mutating func word() throws(Failure) -> UInt64 {
    guard bytes.endIndex - position >= 8 else { throw Failure() }
    var value: UInt64 = 0
    for shift in 0..<8 { value |= UInt64(bytes[position + shift]) << UInt64(8 * shift) }
    position += 8
    return value
  }

  /// A whole number, of either sign.
  package mutating func integer() throws(Failure) -> Int { Int(Int64(bitPattern: try word())) }

  /// The number of things that follow, each of which takes at least a byte.
  package mutating func count() throws(Failure) -> Int {
    let count = try integer()
    guard count >= 0, count <= bytes.endIndex - position else { throw Failure() }
    return count
  }

  /// A number.
  package mutating func float() throws(Failure) -> Float {
    Float(bitPattern: UInt32(truncatingIfNeeded: try word()))
  }

  /// A number.
  package mutating func double() throws(Failure) -> Double { Double(bitPattern: try word()) }

  /// Bytes with their number in front.
  package mutating func data() throws(Failure) -> Data {
    let count = try count()
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// A text.
  package mutating func text() throws(Failure) -> String {
    guard let text = String(validating: try data(), as: UTF8.self) else { throw Failure() }
    return text
  }

  /// Numbers with their number in front.
  package mutating func floats() throws(Failure) -> [Float] {
    let data = try data()
    guard case .float32(let values)? = LittleEndianElements(data).elements(of: .float32) else {
      throw Failure()
    }
    return values
  }
}
