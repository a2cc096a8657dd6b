package import FoundationEssentials
package import Tensors

extension LittleEndianElements {
  /// The bytes of a tensor's elements.
  package static func bytes(of elements: TensorElements) -> Data {
    switch elements {
    case .float32(let e): bytes(e) { $0.bitPattern }
    case .float64(let e): bytes(e) { $0.bitPattern }
    case .float16(let e): bytes(e) { $0.bitPattern }
    case .int8(let e): bytes(e) { UInt8(bitPattern: $0) }
    case .uint8(let e): Data(e)
    case .int16(let e): bytes(e) { UInt16(bitPattern: $0) }
    case .uint16(let e): bytes(e) { $0 }
    case .int32(let e): bytes(e) { UInt32(bitPattern: $0) }
    case .uint32(let e): bytes(e) { $0 }
    case .int64(let e): bytes(e) { UInt64(bitPattern: $0) }
    case .uint64(let e): bytes(e) { $0 }
    case .bool(let e): bytes(e) { UInt8($0 ? 1 : 0) }
    }
  }

  private static func bytes<Element, Word: FixedWidthInteger>(_ elements: [Element], _ word: (Element) -> Word) -> Data
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(elements.count * (Word.bitWidth / 8))
    for element in elements {
      let bits = word(element)
      for shift in stride(from: 0, to: Word.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    return Data(bytes)
  }
}
