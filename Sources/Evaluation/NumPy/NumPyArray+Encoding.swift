package import Tensors

extension NumPyArray {
  /// The bytes of a file of version 1.0 that holds a tensor.
  package static func encode(_ tensor: Tensor) -> [UInt8] {
    let dimensions = tensor.shape.dimensions
    let shape = dimensions.map(String.init).joined(separator: ", ") + (dimensions.count == 1 ? "," : "")
    let descriptor = NumPyElement(tensor.elementType).descriptor
    var header = Array("{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(shape)), }".utf8)
    let prefixCount = magic.count + 4
    header += [UInt8](repeating: UInt8(ascii: " "), count: 63 - (prefixCount + header.count) % 64)
    header.append(UInt8(ascii: "\n"))
    var bytes = magic + [1, 0, UInt8(truncatingIfNeeded: header.count), UInt8(truncatingIfNeeded: header.count >> 8)]
    bytes += header
    bytes.reserveCapacity(bytes.count + tensor.byteCount)
    switch tensor.elements {
    case .float32(let e): append(e.map(\.bitPattern), to: &bytes)
    case .float64(let e): append(e.map(\.bitPattern), to: &bytes)
    case .float16(let e): append(e.map(\.bitPattern), to: &bytes)
    case .int8(let e): append(e, to: &bytes)
    case .uint8(let e): append(e, to: &bytes)
    case .int16(let e): append(e, to: &bytes)
    case .uint16(let e): append(e, to: &bytes)
    case .int32(let e): append(e, to: &bytes)
    case .uint32(let e): append(e, to: &bytes)
    case .int64(let e): append(e, to: &bytes)
    case .uint64(let e): append(e, to: &bytes)
    case .bool(let e): append(e.map { $0 ? UInt8(1) : 0 }, to: &bytes)
    }
    return bytes
  }

  private static func append<Integer: FixedWidthInteger>(_ values: [Integer], to bytes: inout [UInt8]) {
    let width = Integer.bitWidth / 8
    for value in values {
      for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> Integer(8 * byte))) }
    }
  }
}
