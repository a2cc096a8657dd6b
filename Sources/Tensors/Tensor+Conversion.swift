extension Tensor {
  /// The elements as 64-bit floating-point numbers; Booleans become 0 and 1.
  public var doubles: [Double] {
    switch elements {
    case .float32(let e): e.map { Double($0) }
    case .float64(let e): e
    case .float16(let e): e.map { Double($0) }
    case .int8(let e): e.map { Double($0) }
    case .uint8(let e): e.map { Double($0) }
    case .int16(let e): e.map { Double($0) }
    case .uint16(let e): e.map { Double($0) }
    case .int32(let e): e.map { Double($0) }
    case .uint32(let e): e.map { Double($0) }
    case .int64(let e): e.map { Double($0) }
    case .uint64(let e): e.map { Double($0) }
    case .bool(let e): e.map { $0 ? 1 : 0 }
    }
  }

  /// The elements as 32-bit floating-point numbers, rounded to nearest where needed.
  public var floats: [Float] {
    if case .float32(let e) = elements { e } else { doubles.map { Float($0) } }
  }

  /// The elements as 64-bit integers if the tensor holds integers or Booleans; nil for floating point and for a
  /// uint64 above the range.
  public var integers: [Int64]? {
    switch elements {
    case .int8(let e): return e.map { Int64($0) }
    case .uint8(let e): return e.map { Int64($0) }
    case .int16(let e): return e.map { Int64($0) }
    case .uint16(let e): return e.map { Int64($0) }
    case .int32(let e): return e.map { Int64($0) }
    case .uint32(let e): return e.map { Int64($0) }
    case .int64(let e): return e
    case .uint64(let e): return e.allSatisfy { $0 <= UInt64(Int64.max) } ? e.map { Int64($0) } : nil
    case .bool(let e): return e.map { $0 ? 1 : 0 }
    case .float32, .float64, .float16: return nil
    }
  }

  /// The elements converted to another type.
  ///
  /// To an integer type, fractions are cut towards zero, NaN becomes 0, and numbers beyond the range take the nearest
  /// number within it. To a Boolean, everything but zero is true.
  public func converted(to type: ElementType) -> Tensor {
    guard type != elementType else { return self }
    let converted: TensorElements
    switch type {
    case .float32: converted = .float32(floats)
    case .float64: converted = .float64(doubles)
    case .float16: converted = .float16(doubles.map { Float16($0) })
    case .bool: converted = .bool(doubles.map { $0 != 0 })
    case .int8: converted = .int8(clamped())
    case .uint8: converted = .uint8(clamped())
    case .int16: converted = .int16(clamped())
    case .uint16: converted = .uint16(clamped())
    case .int32: converted = .int32(clamped())
    case .uint32: converted = .uint32(clamped())
    case .int64: converted = .int64(clamped())
    case .uint64: converted = .uint64(clamped())
    }
    return Tensor(sameShapeAs: self, elements: converted)
  }

  private func clamped<Integer: FixedWidthInteger>() -> [Integer] {
    if let integers { return integers.map { Integer(clamping: $0) } }
    return doubles.map { value in
      if value.isNaN { return 0 }
      if let exact = Integer(exactly: value.rounded(.towardZero)) { return exact }
      return value < 0 ? .min : .max
    }
  }

  private init(sameShapeAs other: Tensor, elements: TensorElements) {
    shape = other.shape
    self.elements = elements
  }
}
