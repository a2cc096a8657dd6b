package import Tensors

/// Makes tensors of the bytes of their elements, little-endian and row-major.
package enum LittleEndianTensor {
  /// - Throws: `TensorError.wrongElementCount` if there are too few or too many bytes.
  package static func tensor(
    _ type: ElementType, _ shape: Shape, _ bytes: some RandomAccessCollection<UInt8>
  ) throws(TensorError) -> Tensor {
    let bytes = Array(bytes)
    switch type {
    case .bool: return try Tensor(shape: shape, bytes.map { $0 != 0 })
    case .uint8: return try Tensor(shape: shape, bytes)
    case .int8: return try Tensor(shape: shape, bytes.map { Int8(bitPattern: $0) })
    case .uint16: return try Tensor(shape: shape, integers(bytes) as [UInt16])
    case .int16: return try Tensor(shape: shape, integers(bytes) as [Int16])
    case .uint32: return try Tensor(shape: shape, integers(bytes) as [UInt32])
    case .int32: return try Tensor(shape: shape, integers(bytes) as [Int32])
    case .uint64: return try Tensor(shape: shape, integers(bytes) as [UInt64])
    case .int64: return try Tensor(shape: shape, integers(bytes) as [Int64])
    case .float16: return try Tensor(shape: shape, (integers(bytes) as [UInt16]).map { Float16(bitPattern: $0) })
    case .float32: return try Tensor(shape: shape, (integers(bytes) as [UInt32]).map { Float(bitPattern: $0) })
    case .float64: return try Tensor(shape: shape, (integers(bytes) as [UInt64]).map { Double(bitPattern: $0) })
    }
  }

  private static func integers<Integer: FixedWidthInteger>(_ bytes: [UInt8]) -> [Integer] {
    let size = Integer.bitWidth / 8
    return stride(from: 0, through: bytes.count - size, by: size).map { start in
      (0..<size).reduce(0) { $0 | Integer(truncatingIfNeeded: bytes[start + $1]) << ($1 * 8) }
    }
  }
}
