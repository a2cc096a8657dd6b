package import FoundationEssentials
package import Tensors

/// Raw bytes read as little-endian elements in row-major order.
package struct LittleEndianElements: Sendable {
  private let bytes: Data

  /// Takes the bytes.
  package init(_ bytes: Data) { self.bytes = bytes }

  /// All elements of a type; nil if the bytes are no multiple of an element.
  package func elements(of type: ElementType) -> TensorElements? {
    guard bytes.count % type.byteCount == 0 else { return nil }
    switch type {
    case .float32: return .float32(words { Float(bitPattern: $0) })
    case .float64: return .float64(words { Double(bitPattern: $0) })
    case .float16: return .float16(words { Float16(bitPattern: $0) })
    case .int8: return .int8(words { Int8(bitPattern: $0) })
    case .uint8: return .uint8(words { $0 })
    case .int16: return .int16(words { Int16(bitPattern: $0) })
    case .uint16: return .uint16(words { $0 })
    case .int32: return .int32(words { Int32(bitPattern: $0) })
    case .uint32: return .uint32(words { $0 })
    case .int64: return .int64(words { Int64(bitPattern: $0) })
    case .uint64: return .uint64(words { $0 })
    case .bool: return .bool(words { (byte: UInt8) in byte != 0 })
    }
  }

  private func words<Word: FixedWidthInteger & UnsignedInteger, Element>(_ element: (Word) -> Element) -> [Element] {
    let size = Word.bitWidth / 8
    let span = bytes.span
    let end = span.count - span.count % size
    var result: [Element] = []
    result.reserveCapacity(end / size)
    for start in stride(from: 0, to: end, by: size) {
      var word: Word = 0
      for byte in 0..<size { word |= Word(truncatingIfNeeded: span[start + byte]) << Word(8 * byte) }
      result.append(element(word))
    }
    return result
  }
}
