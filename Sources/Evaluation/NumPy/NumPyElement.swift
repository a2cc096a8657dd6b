import Tensors

/// The element type of an array file.
struct NumPyElement {
  let type: ElementType
  let isBigEndian: Bool

  init(_ type: ElementType) {
    self.type = type
    isBigEndian = false
  }

  /// Reads a descriptor such as `<f4`; nil for a type that tensors do not have.
  init?(descriptor: String) {
    guard let order = descriptor.first, "<>|=".contains(order),
      let type = Self.codes.first(where: { $0.code == descriptor.dropFirst() })?.type
    else { return nil }
    self.type = type
    isBigEndian = order == ">"
  }

  /// The descriptor in little-endian, such as `<f4`.
  var descriptor: String {
    let code = Self.codes.first { $0.type == type }?.code ?? ""
    return (type.byteCount == 1 ? "|" : "<") + code
  }

  private static let codes: [(code: String, type: ElementType)] = [
    ("f4", .float32), ("f8", .float64), ("f2", .float16), ("i1", .int8), ("u1", .uint8), ("i2", .int16),
    ("u2", .uint16), ("i4", .int32), ("u4", .uint32), ("i8", .int64), ("u8", .uint64), ("b1", .bool),
  ]
}
