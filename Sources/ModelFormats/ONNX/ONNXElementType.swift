import Tensors

/// The numbers by which ONNX names element types.
enum ONNXElementType {
  private static let numbers: [(Int32, ElementType)] = [
    (1, .float32), (2, .uint8), (3, .int8), (4, .uint16), (5, .int16), (6, .int32), (7, .int64), (9, .bool),
    (10, .float16), (11, .float64), (12, .uint32), (13, .uint64),
  ]

  private static let names: [Int32: String] = [
    0: "undefined", 8: "string", 14: "complex64", 15: "complex128", 16: "bfloat16", 17: "float8e4m3fn",
    18: "float8e4m3fnuz", 19: "float8e5m2", 20: "float8e5m2fnuz", 21: "uint4", 22: "int4", 23: "float4e2m1",
    24: "float8e8m0", 25: "uint2", 26: "int2",
  ]

  /// The element type of a number.
  ///
  /// - Throws: `ModelFormatError.unsupportedFeature` naming the type and the value that has it.
  static func type(_ number: Int32, of value: String) throws(ModelFormatError) -> ElementType {
    if let type = numbers.first(where: { $0.0 == number })?.1 { return type }
    throw ModelFormatError(
      .unsupportedFeature,
      "“\(value)” has elements of type \(names[number] ?? "number \(number)"), which is not supported",
      remedy: "export the model with 32-bit or 16-bit floating-point weights", context: value)
  }

  /// The number of an element type.
  static func number(_ type: ElementType) -> Int32 {
    numbers.first { $0.1 == type }?.0 ?? 0
  }
}
