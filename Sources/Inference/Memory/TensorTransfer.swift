internal import Graphs
internal import Tensors

/// Tensors into and out of a plan's memory.
enum TensorTransfer {
  /// Copies a tensor's elements to a row-major location of the same type and shape.
  ///
  /// - Throws: `InferenceError.wrongInput` if type or shape differ.
  static func write(_ tensor: Tensor, to location: Location, in context: borrowing ExecutionContext)
    throws(InferenceError)
  {
    guard tensor.elementType == location.layout.elementType, tensor.shape == location.layout.shape,
      location.layout.order == .rowMajor
    else {
      throw InferenceError(
        .wrongInput,
        "the plan wants \(location.layout.elementType.rawValue)\(location.layout.shape), "
          + "but the tensor is \(tensor.elementType.rawValue)\(tensor.shape)")
    }
    let target = unsafe context.pointer(location, UInt8.self)
    switch tensor.elements {
    case .float32(let e): unsafe copy(e, target)
    case .float64(let e): unsafe copy(e, target)
    case .float16(let e): unsafe copy(e, target)
    case .int8(let e): unsafe copy(e, target)
    case .uint8(let e): unsafe copy(e, target)
    case .int16(let e): unsafe copy(e, target)
    case .uint16(let e): unsafe copy(e, target)
    case .int32(let e): unsafe copy(e, target)
    case .uint32(let e): unsafe copy(e, target)
    case .int64(let e): unsafe copy(e, target)
    case .uint64(let e): unsafe copy(e, target)
    case .bool(let e): unsafe copy(e.map { $0 ? UInt8(1) : 0 }, target)
    }
  }

  private static func copy<Element: BitwiseCopyable>(_ elements: [Element], _ target: UnsafeMutablePointer<UInt8>) {
    unsafe elements.withUnsafeBytes { source in
      if let address = source.baseAddress {
        unsafe UnsafeMutableRawPointer(target).copyMemory(from: address, byteCount: source.count)
      }
    }
  }

  /// The elements at a location as a tensor in row-major order.
  static func read(_ location: Location, in context: borrowing ExecutionContext) throws(InferenceError) -> Tensor {
    switch location.layout.elementType {
    case .float32: try tensor(location, gather(location, context, Float.self))
    case .float64: try tensor(location, gather(location, context, Double.self))
    case .float16: try tensor(location, gather(location, context, Float16.self))
    case .int8: try tensor(location, gather(location, context, Int8.self))
    case .uint8: try tensor(location, gather(location, context, UInt8.self))
    case .int16: try tensor(location, gather(location, context, Int16.self))
    case .uint16: try tensor(location, gather(location, context, UInt16.self))
    case .int32: try tensor(location, gather(location, context, Int32.self))
    case .uint32: try tensor(location, gather(location, context, UInt32.self))
    case .int64: try tensor(location, gather(location, context, Int64.self))
    case .uint64: try tensor(location, gather(location, context, UInt64.self))
    case .bool: try tensor(location, gather(location, context, UInt8.self).map { $0 != 0 })
    }
  }

  /// A quantized value in the element type that the graph gives it.
  static func read(_ value: QuantizedValue, _ type: ValueType, in context: borrowing ExecutionContext)
    throws(InferenceError) -> Tensor
  {
    let bytes = gather(value.location, context, UInt8.self)
    return value.parameters.isSigned
      ? try tensor(value.location, bytes.map { Int8(truncatingIfNeeded: Int($0) - 128) })
      : try tensor(value.location, bytes)
  }

  private static func tensor<Element: TensorElement>(_ location: Location, _ elements: [Element])
    throws(InferenceError) -> Tensor
  {
    do {
      return try Tensor(shape: location.layout.shape, elements)
    } catch { throw InferenceError(.unsupportedGraph, error.message) }
  }

  private static func gather<Element: BitwiseCopyable>(
    _ location: Location, _ context: borrowing ExecutionContext, _ type: Element.Type
  ) -> [Element] {
    let layout = location.layout
    let source = unsafe context.pointer(location, type)
    let count = layout.shape.elementCount
    return unsafe [Element](unsafeUninitializedCapacity: count) { target, initialized in
      if layout.order == .rowMajor {
        for index in 0..<count { unsafe target.initializeElement(at: index, to: source[index]) }
      } else {
        let (channels, plane, stride) = (layout.channels, layout.height * layout.width, layout.pixelStride)
        for image in 0..<(plane > 0 ? layout.pixels / plane : 0) {
          // A tile of pixels at a time, whose lines stay in the first cache.
          for first in Swift.stride(from: 0, to: plane, by: 32) {
            for channel in 0..<channels {
              for pixel in first..<min(first + 32, plane) {
                unsafe target.initializeElement(
                  at: (image * channels + channel) * plane + pixel,
                  to: source[(image * plane + pixel) * stride + channel])
              }
            }
          }
        }
      }
      initialized = count
    }
  }
}
