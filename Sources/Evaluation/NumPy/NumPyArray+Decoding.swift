package import Tensors

extension NumPyArray {
  /// The tensor in the bytes of a file.
  ///
  /// - Throws: `EvaluationError.invalidArrayFile`.
  package static func decode(_ bytes: [UInt8]) throws(EvaluationError) -> Tensor {
    guard bytes.starts(with: magic), bytes.count >= 10 else { throw invalid("is no NumPy array file") }
    let isLong = bytes[6] >= 2
    guard (1...3).contains(bytes[6]), bytes.count >= 12 else { throw invalid("has a version that is not read") }
    let start = isLong ? 12 : 10
    let length = (0..<(isLong ? 4 : 2)).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= bytes.count - start else { throw invalid("ends within its header") }
    let header = try NumPyHeader(String(decoding: bytes[start..<start + length], as: UTF8.self))
    let shape: Shape
    do { shape = try Shape(header.shape) } catch { throw invalid(error.message) }
    let data = bytes[(start + length)...]
    guard data.count == shape.elementCount * header.element.type.byteCount else {
      throw invalid(
        "holds \(data.count) bytes of elements instead of \(shape.elementCount) x \(header.element.type.byteCount)")
    }
    let elements = elements(data, header.element, count: shape.elementCount)
    do {
      guard header.isFortranOrder, shape.rank > 1 else { return try Tensor(shape: shape, elements: elements) }
      return try Tensor(shape: shape, elements: elements.reordered(FortranOrder(shape).places))
    } catch { throw invalid(error.message) }
  }

  private static func elements(_ data: ArraySlice<UInt8>, _ element: NumPyElement, count: Int) -> TensorElements {
    func read<Integer: FixedWidthInteger>(_ type: Integer.Type) -> [Integer] {
      let width = Integer.bitWidth / 8
      return (0..<count).map { index in
        let start = data.startIndex + index * width
        return (0..<width).reduce(Integer(0)) { value, byte in
          let place = element.isBigEndian ? width - 1 - byte : byte
          return value | Integer(truncatingIfNeeded: data[start + byte]) << Integer(8 * place)
        }
      }
    }
    return switch element.type {
    case .float32: .float32(read(UInt32.self).map(Float.init(bitPattern:)))
    case .float64: .float64(read(UInt64.self).map(Double.init(bitPattern:)))
    case .float16: .float16(read(UInt16.self).map(Float16.init(bitPattern:)))
    case .int8: .int8(read(Int8.self))
    case .uint8: .uint8(read(UInt8.self))
    case .int16: .int16(read(Int16.self))
    case .uint16: .uint16(read(UInt16.self))
    case .int32: .int32(read(Int32.self))
    case .uint32: .uint32(read(UInt32.self))
    case .int64: .int64(read(Int64.self))
    case .uint64: .uint64(read(UInt64.self))
    case .bool: .bool(read(UInt8.self).map { $0 != 0 })
    }
  }

  static func invalid(_ message: String) -> EvaluationError {
    EvaluationError(.invalidArrayFile, message, remedy: "write it with numpy.save")
  }
}

/// Where the elements of an array in row-major order lie in a file in column-major order.
private struct FortranOrder {
  let places: [Int]

  init(_ shape: Shape) {
    var strides: [Int] = []
    var stride = 1
    for extent in shape.dimensions {
      strides.append(stride)
      stride *= max(extent, 1)
    }
    var index = [Int](repeating: 0, count: shape.rank)
    places = (0..<shape.elementCount).map { _ in
      let place = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
      for axis in index.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
      return place
    }
  }
}

extension TensorElements {
  fileprivate func reordered(_ places: [Int]) -> TensorElements {
    switch self {
    case .float32(let e): .float32(places.map { e[$0] })
    case .float64(let e): .float64(places.map { e[$0] })
    case .float16(let e): .float16(places.map { e[$0] })
    case .int8(let e): .int8(places.map { e[$0] })
    case .uint8(let e): .uint8(places.map { e[$0] })
    case .int16(let e): .int16(places.map { e[$0] })
    case .uint16(let e): .uint16(places.map { e[$0] })
    case .int32(let e): .int32(places.map { e[$0] })
    case .uint32(let e): .uint32(places.map { e[$0] })
    case .int64(let e): .int64(places.map { e[$0] })
    case .uint64(let e): .uint64(places.map { e[$0] })
    case .bool(let e): .bool(places.map { e[$0] })
    }
  }
}
