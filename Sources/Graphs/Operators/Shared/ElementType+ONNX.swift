import Tensors

extension ElementType {
  /// The number of the type in ONNX's `TensorProto.DataType`.
  var onnxCode: Int64 {
    switch self {
    case .float32: 1
    case .uint8: 2
    case .int8: 3
    case .uint16: 4
    case .int16: 5
    case .int32: 6
    case .int64: 7
    case .bool: 9
    case .float16: 10
    case .float64: 11
    case .uint32: 12
    case .uint64: 13
    }
  }

  /// The type of a number in ONNX's `TensorProto.DataType`; nil if it is not supported.
  init?(onnxCode: Int) {
    guard let type = Self.allCases.first(where: { $0.onnxCode == Int64(onnxCode) }) else { return nil }
    self = type
  }
}
