import Tensors

extension Tensor {
  /// A tensor whose elements an operator computed.
  ///
  /// - Throws: `GraphError.invalidInput` if the shape needs another number of elements.
  init<Element: TensorElement>(computed shape: Shape, _ elements: [Element]) throws(GraphError) {
    do { try self.init(shape: shape, elements) } catch { throw GraphError(error) }
  }

  /// A tensor of numbers computed in 64 bits, rounded to a type.
  ///
  /// - Throws: `GraphError.invalidInput` if the shape needs another number of elements.
  init(computed type: ValueType, doubles: [Double]) throws(GraphError) {
    self = try Tensor(computed: type.shape, doubles).converted(to: type.elementType)
  }

  /// The same elements under another shape.
  ///
  /// - Throws: `GraphError.invalidInput` if the element counts differ.
  func viewed(as shape: Shape) throws(GraphError) -> Tensor {
    do { return try reshaped(to: shape) } catch { throw GraphError(error) }
  }

  /// The same shape with other elements, of which there must be as many.
  func replacingElements(_ elements: TensorElements) -> Tensor {
    (try? Tensor(shape: shape, elements: elements)) ?? self
  }

  /// The elements at flat indices; -1 takes the fill, and zero where there is none.
  ///
  /// - Parameter fill: a tensor of this type whose first element stands for index -1.
  /// - Throws: `GraphError.invalidInput` if the fill has another type.
  func selecting(
    _ indices: some Sequence<Int>, shape: Shape, fill: Tensor? = nil
  ) throws(GraphError) -> Tensor {
    func select<Element: TensorElement>(_ source: [Element], zero: Element) throws(GraphError) -> Tensor {
      var filler = zero
      if let fill {
        guard let elements = Element.unwrap(fill.elements), let first = elements.first else {
          throw GraphError(
            .invalidInput, "the fill must be one \(elementType.rawValue), not \(fill.elementType.rawValue)")
        }
        filler = first
      }
      return try Tensor(computed: shape, indices.map { $0 < 0 ? filler : source[$0] })
    }
    switch elements {
    case .float32(let e): return try select(e, zero: 0)
    case .float64(let e): return try select(e, zero: 0)
    case .float16(let e): return try select(e, zero: 0)
    case .int8(let e): return try select(e, zero: 0)
    case .uint8(let e): return try select(e, zero: 0)
    case .int16(let e): return try select(e, zero: 0)
    case .uint16(let e): return try select(e, zero: 0)
    case .int32(let e): return try select(e, zero: 0)
    case .uint32(let e): return try select(e, zero: 0)
    case .int64(let e): return try select(e, zero: 0)
    case .uint64(let e): return try select(e, zero: 0)
    case .bool(let e): return try select(e, zero: false)
    }
  }

  /// A tensor of elements picked axis by axis: each is that at the sum of one offset an axis, or the fill where one of
  /// them is nil.
  ///
  /// - Parameter offset: the offset for an axis of the result and a position along it.
  /// - Throws: `GraphError.invalidInput` if the fill has another type.
  func selecting(
    shape: Shape, fill: Tensor? = nil, offset: (_ axis: Int, _ position: Int) -> Int?
  ) throws(GraphError) -> Tensor {
    // Extents beside one of zero may be any number: they must not be walked.
    guard shape.elementCount > 0 else { return try selecting([], shape: shape) }
    let offsets = shape.dimensions.enumerated().map { axis, extent in
      (0..<extent).map { offset(axis, $0) ?? -1 }
    }
    return try selecting(flatIndices(offsets), shape: shape, fill: fill)
  }

  /// Tensors of one type joined by taking runs of elements in turn from each.
  ///
  /// - Parameters:
  ///   - runs: for each tensor, how many elements stand together.
  ///   - count: how often every tensor takes its turn.
  /// - Throws: `GraphError.invalidInput` if the types differ.
  static func interleaving(
    _ tensors: [Tensor], runs: [Int], count: Int, shape: Shape
  ) throws(GraphError) -> Tensor {
    let count = shape.elementCount == 0 ? 0 : count
    func join<Element: TensorElement>(_ type: Element.Type) throws(GraphError) -> Tensor {
      var sources: [[Element]] = []
      for tensor in tensors {
        do { sources.append(try tensor.array(of: type)) } catch { throw GraphError(error) }
      }
      var joined: [Element] = []
      joined.reserveCapacity(shape.elementCount)
      for turn in 0..<count {
        for (source, run) in zip(sources, runs) { joined += source[turn * run..<(turn + 1) * run] }
      }
      return try Tensor(computed: shape, joined)
    }
    switch tensors.first?.elementType {
    case .float32: return try join(Float.self)
    case .float64: return try join(Double.self)
    case .float16: return try join(Float16.self)
    case .int8: return try join(Int8.self)
    case .uint8: return try join(UInt8.self)
    case .int16: return try join(Int16.self)
    case .uint16: return try join(UInt16.self)
    case .int32: return try join(Int32.self)
    case .uint32: return try join(UInt32.self)
    case .int64: return try join(Int64.self)
    case .uint64: return try join(UInt64.self)
    case .bool: return try join(Bool.self)
    case nil: throw GraphError(.invalidInput, "has nothing to join")
    }
  }

  /// The elements repeated so that the tensor has a shape it can be broadcast to.
  ///
  /// - Throws: `GraphError.invalidInput` if it cannot.
  func broadcast(to target: Shape) throws(GraphError) -> Tensor {
    guard shape != target else { return self }
    guard shape.rank <= target.rank, try Shape.broadcast([shape, target]) == target else {
      throw GraphError(.invalidInput, "\(shape) cannot be broadcast to \(target)")
    }
    guard elementCount != 1 else {
      return try selecting(repeatElement(0, count: target.elementCount), shape: target)
    }
    let strides = shape.rowMajorStrides
    let missing = target.rank - shape.rank
    return try selecting(shape: target) { axis, position in
      axis < missing || shape[axis - missing] == 1 ? 0 : position * strides[axis - missing]
    }
  }
}

/// Flat indices into a tensor, row-major over axes: each the sum of one offset an axis, or -1 where one of them is -1.
func flatIndices(_ offsets: [[Int]]) -> [Int] {
  if offsets.contains(where: \.isEmpty) { return [] }
  var indices = [0]
  for axis in offsets where axis != [0] {
    var next: [Int] = []
    next.reserveCapacity(indices.count * axis.count)
    for base in indices {
      for offset in axis { next.append(base < 0 || offset < 0 ? -1 : base + offset) }
    }
    indices = next
  }
  return indices
}

/// The elements of a list of integers that an operator takes as an input, such as axes or a shape.
///
/// - Throws: `GraphError.invalidInput` unless it is a scalar or a vector of integers.
func integerList(_ tensor: Tensor, _ what: String) throws(GraphError) -> [Int] {
  guard tensor.shape.rank <= 1, tensor.elementType.isInteger, let integers = tensor.integers else {
    throw GraphError(.invalidInput, "the \(what) must be a list of integers")
  }
  return integers.map { Int($0) }
}

/// The elements of a list of integers that an operator takes as an input and must know ahead.
///
/// - Throws: `GraphError.dynamicShape` if they are not known, `invalidInput` unless they are integers.
func integerList(_ operand: Operand, _ what: String) throws(GraphError) -> [Int] {
  guard let constant = operand.constant else {
    throw GraphError(.dynamicShape, "the \(what) must be known before the graph runs")
  }
  return try integerList(constant, what)
}

extension Tensor {
  /// 64-bit integers converted to an integer type, whose upper bits are dropped where they do not fit.
  func wrapped(to type: ElementType) -> Tensor {
    guard let integers, type.isInteger else { return converted(to: type) }
    switch type {
    case .int8: return replacingElements(.int8(integers.map { Int8(truncatingIfNeeded: $0) }))
    case .uint8: return replacingElements(.uint8(integers.map { UInt8(truncatingIfNeeded: $0) }))
    case .int16: return replacingElements(.int16(integers.map { Int16(truncatingIfNeeded: $0) }))
    case .uint16: return replacingElements(.uint16(integers.map { UInt16(truncatingIfNeeded: $0) }))
    case .int32: return replacingElements(.int32(integers.map { Int32(truncatingIfNeeded: $0) }))
    case .uint32: return replacingElements(.uint32(integers.map { UInt32(truncatingIfNeeded: $0) }))
    case .uint64: return replacingElements(.uint64(integers.map { UInt64(truncatingIfNeeded: $0) }))
    default: return self
    }
  }
}
