import Tensors

/// The words by which IR files name element types: those of attributes, and those of ports.
enum IRElementType {
  private static let names: [(type: ElementType, attribute: String, port: String)] = [
    (.float32, "f32", "FP32"), (.float16, "f16", "FP16"), (.float64, "f64", "FP64"), (.int8, "i8", "I8"),
    (.uint8, "u8", "U8"), (.int16, "i16", "I16"), (.uint16, "u16", "U16"), (.int32, "i32", "I32"),
    (.uint32, "u32", "U32"), (.int64, "i64", "I64"), (.uint64, "u64", "U64"), (.bool, "boolean", "BOOL"),
  ]

  /// The element type of an attribute's word; nil for one that is not supported.
  static func type(_ word: String) -> ElementType? { names.first { $0.attribute == word }?.type }

  /// The word for attributes.
  static func attribute(_ type: ElementType) -> String { names.first { $0.type == type }?.attribute ?? "dynamic" }

  /// The word for ports.
  static func port(_ type: ElementType) -> String { names.first { $0.type == type }?.port ?? "UNSPECIFIED" }
}
