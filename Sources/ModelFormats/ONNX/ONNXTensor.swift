import FoundationEssentials
import GraphArchives
import Tensors

/// Reads the tensors in an ONNX file.
struct ONNXTensorReader: Sendable {
  /// Where files of external data lie.
  let external: ONNXExternalData

  /// The tensor of a message.
  ///
  /// - Parameter value: what the tensor is called in errors.
  /// - Throws: `ModelFormatError` for element types, sizes and storage that cannot be read.
  func tensor(_ proto: ONNXTensorProto, named value: String) throws(ModelFormatError) -> Tensor {
    let type = try ONNXElementType.type(proto.dataType, of: value)
    guard !proto.hasSegment else {
      throw ModelFormatError(
        .unsupportedFeature, "“\(value)” is stored in segments, which is not supported",
        remedy: "save the model with whole tensors", context: value)
    }
    guard proto.dims.allSatisfy({ $0 >= 0 && $0 <= Int64(Shape.maximumElementCount) }) else {
      throw ModelFormatError(.malformedFile, "“\(value)” has an impossible shape \(proto.dims)", context: value)
    }
    do {
      let shape = try Shape(proto.dims.map { Int($0) })
      let elements = try elements(proto, type: type, count: shape.elementCount, value: value)
      guard elements.count == shape.elementCount else { throw wrongSize(value, shape, elements.count) }
      return try Tensor(shape: shape, elements: elements)
    } catch let error as TensorError {
      throw ModelFormatError(error, at: value)
    } catch let error as ModelFormatError {
      throw error
    } catch {
      throw ModelFormatError(.malformedFile, "“\(value)” cannot be read", context: value)
    }
  }

  private func elements(
    _ proto: ONNXTensorProto, type: ElementType, count: Int, value: String
  ) throws(ModelFormatError) -> TensorElements {
    if proto.dataLocation == 1 {
      let bytes = try external.bytes(proto.externalData, count: count * type.byteCount, of: value)
      return try LittleEndianElements(bytes).elements(of: type, value: value, byteCount: bytes.count)
    }
    if proto.hasRawData {
      return try LittleEndianElements(proto.rawData).elements(
        of: type, value: value, byteCount: proto.rawData.count)
    }
    switch type {
    case .float32: return .float32(proto.floatData)
    case .float64: return .float64(proto.doubleData)
    case .int64: return .int64(proto.int64Data)
    case .uint64: return .uint64(proto.uint64Data)
    case .uint32: return .uint32(try narrowed(proto.uint64Data, value))
    case .int32: return .int32(proto.int32Data)
    case .int16: return .int16(try narrowed(proto.int32Data, value))
    case .uint16: return .uint16(try narrowed(proto.int32Data, value))
    case .int8: return .int8(try narrowed(proto.int32Data, value))
    case .uint8: return .uint8(try narrowed(proto.int32Data, value))
    case .bool: return .bool(proto.int32Data.map { $0 != 0 })
    case .float16:
      let bits: [UInt16] = try narrowed(proto.int32Data, value)
      return .float16(bits.map { Float16(bitPattern: $0) })
    }
  }

  private func narrowed<Wide: BinaryInteger, Narrow: FixedWidthInteger>(
    _ elements: [Wide], _ value: String
  ) throws(ModelFormatError) -> [Narrow] {
    var result: [Narrow] = []
    result.reserveCapacity(elements.count)
    for element in elements {
      guard let narrow = Narrow(exactly: element) else {
        throw ModelFormatError(
          .malformedFile, "“\(value)” holds \(element), which its element type cannot hold", context: value)
      }
      result.append(narrow)
    }
    return result
  }

  private func wrongSize(_ value: String, _ shape: Shape, _ count: Int) -> ModelFormatError {
    ModelFormatError(
      .malformedFile, "“\(value)” has the shape \(shape), but \(count) elements are stored",
      remedy: "export the model again", context: value)
  }
}
