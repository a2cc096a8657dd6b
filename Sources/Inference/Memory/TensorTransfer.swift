internal import Graphs
internal import Tensors

/// Tensors into and out of a plan's memory.
enum TensorTransfer {
  /// Copies a tensor's elements to a location of the same type: of the same shape for a row-major one, of shape
  /// [N, H, W, C] for one with the channels last.
  ///
  /// - Throws: `InferenceError.wrongInput` if type or shape differ.
  static func write(_ tensor: Tensor, to location: Location, in context: borrowing ExecutionContext)
    throws(InferenceError)
  {
    let layout = location.layout
    let wanted = layout.order == .rowMajor ? layout.shape : try? layout.shape.interleaved()
    guard tensor.elementType == layout.elementType, let wanted, tensor.shape == wanted else {
      throw InferenceError(
        .wrongInput,
        "the plan wants \(layout.elementType.rawValue)\(wanted ?? layout.shape), "
          + "but the tensor is \(tensor.elementType.rawValue)\(tensor.shape)")
    }
    let target = unsafe context.pointer(location, UInt8.self)
    if !layout.isDense {
      // Only bytes have gaps, where the number of channels is no multiple of four.
      if case .uint8(let e) = tensor.elements { unsafe copyPixels(e, layout, target) }
      return
    }
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

  private static func copyPixels(_ elements: [UInt8], _ layout: PhysicalLayout, _ target: UnsafeMutablePointer<UInt8>) {
    let (channels, stride) = (layout.channels, layout.pixelStride)
    unsafe elements.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      for pixel in 0..<layout.pixels {
        unsafe (target + pixel * stride).update(from: start + pixel * channels, count: channels)
      }
    }
  }

  /// The elements at a location as a tensor in row-major order, of shape [N, H, W, C] if that is wanted of floats.
  static func read(
    _ location: Location, isInterleaved: Bool = false, in context: borrowing ExecutionContext
  ) throws(InferenceError) -> Tensor {
    if isInterleaved { return try interleaved(location, gatherPixels(location, context, Float.self)) }
    return switch location.layout.elementType {
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

  /// A quantized value in the element type that the graph gives it; of shape [N, H, W, C] if that is wanted of uint8.
  static func read(
    _ value: QuantizedValue, isInterleaved: Bool = false, in context: borrowing ExecutionContext
  ) throws(InferenceError) -> Tensor {
    if isInterleaved { return try interleaved(value.location, gatherPixels(value.location, context, UInt8.self)) }
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

  private static func interleaved<Element: TensorElement>(_ location: Location, _ elements: [Element])
    throws(InferenceError) -> Tensor
  {
    do {
      return try Tensor(shape: location.layout.shape.interleaved(), elements)
    } catch { throw InferenceError(.unsupportedGraph, error.message) }
  }

  /// The elements pixel by pixel.
  private static func gatherPixels<Element: BitwiseCopyable>(
    _ location: Location, _ context: borrowing ExecutionContext, _ type: Element.Type
  ) -> [Element] {
    let layout = location.layout
    let source = unsafe context.pointer(location, type)
    let (channels, stride) = (layout.channels, layout.pixelStride)
    return unsafe [Element](unsafeUninitializedCapacity: layout.shape.elementCount) { target, initialized in
      initialized = layout.shape.elementCount
      guard let start = target.baseAddress else { return }
      if layout.order == .rowMajor, layout.height * layout.width > 1 {
        let plane = layout.height * layout.width
        for pixel in 0..<layout.pixels {
          let first = unsafe source + pixel / plane * channels * plane + pixel % plane
          for channel in 0..<channels {
            unsafe (start + pixel * channels + channel).initialize(to: first[channel * plane])
          }
        }
      } else if layout.isDense {
        unsafe start.initialize(from: source, count: initialized)
      } else {
        for pixel in 0..<layout.pixels {
          unsafe (start + pixel * channels).initialize(from: source + pixel * stride, count: channels)
        }
      }
    }
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

extension Shape {
  /// [N, H, W, C] of a shape [N, C, H, W]; a shape [N, C] is its own.
  func interleaved() throws(TensorError) -> Shape {
    rank == 4 ? try Shape([self[0], self[2], self[3], self[1]]) : self
  }
}
