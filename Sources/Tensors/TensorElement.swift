/// A Swift type that is the element of a tensor.
public protocol TensorElement: Sendable, Hashable {
  static var elementType: ElementType { get }
  /// The elements as a case of `TensorElements`.
  static func wrap(_ elements: [Self]) -> TensorElements
  /// The elements if they are of this type.
  static func unwrap(_ elements: TensorElements) -> [Self]?
}

/// The elements of a tensor in row-major order, by their type.
public enum TensorElements: Sendable, Hashable {
  case float32([Float])
  case float64([Double])
  case float16([Float16])
  case int8([Int8])
  case uint8([UInt8])
  case int16([Int16])
  case uint16([UInt16])
  case int32([Int32])
  case uint32([UInt32])
  case int64([Int64])
  case uint64([UInt64])
  case bool([Bool])

  public var elementType: ElementType {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .float16: .float16
    case .int8: .int8
    case .uint8: .uint8
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .uint32: .uint32
    case .int64: .int64
    case .uint64: .uint64
    case .bool: .bool
    }
  }

  public var count: Int {
    switch self {
    case .float32(let e): e.count
    case .float64(let e): e.count
    case .float16(let e): e.count
    case .int8(let e): e.count
    case .uint8(let e): e.count
    case .int16(let e): e.count
    case .uint16(let e): e.count
    case .int32(let e): e.count
    case .uint32(let e): e.count
    case .int64(let e): e.count
    case .uint64(let e): e.count
    case .bool(let e): e.count
    }
  }
}

extension Float: TensorElement {
  public static var elementType: ElementType { .float32 }
  public static func wrap(_ elements: [Float]) -> TensorElements { .float32(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Float]? {
    if case .float32(let e) = elements { e } else { nil }
  }
}

extension Double: TensorElement {
  public static var elementType: ElementType { .float64 }
  public static func wrap(_ elements: [Double]) -> TensorElements { .float64(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Double]? {
    if case .float64(let e) = elements { e } else { nil }
  }
}

extension Float16: TensorElement {
  public static var elementType: ElementType { .float16 }
  public static func wrap(_ elements: [Float16]) -> TensorElements { .float16(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Float16]? {
    if case .float16(let e) = elements { e } else { nil }
  }
}

extension Int8: TensorElement {
  public static var elementType: ElementType { .int8 }
  public static func wrap(_ elements: [Int8]) -> TensorElements { .int8(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Int8]? {
    if case .int8(let e) = elements { e } else { nil }
  }
}

extension UInt8: TensorElement {
  public static var elementType: ElementType { .uint8 }
  public static func wrap(_ elements: [UInt8]) -> TensorElements { .uint8(elements) }
  public static func unwrap(_ elements: TensorElements) -> [UInt8]? {
    if case .uint8(let e) = elements { e } else { nil }
  }
}

extension Int16: TensorElement {
  public static var elementType: ElementType { .int16 }
  public static func wrap(_ elements: [Int16]) -> TensorElements { .int16(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Int16]? {
    if case .int16(let e) = elements { e } else { nil }
  }
}

extension UInt16: TensorElement {
  public static var elementType: ElementType { .uint16 }
  public static func wrap(_ elements: [UInt16]) -> TensorElements { .uint16(elements) }
  public static func unwrap(_ elements: TensorElements) -> [UInt16]? {
    if case .uint16(let e) = elements { e } else { nil }
  }
}

extension Int32: TensorElement {
  public static var elementType: ElementType { .int32 }
  public static func wrap(_ elements: [Int32]) -> TensorElements { .int32(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Int32]? {
    if case .int32(let e) = elements { e } else { nil }
  }
}

extension UInt32: TensorElement {
  public static var elementType: ElementType { .uint32 }
  public static func wrap(_ elements: [UInt32]) -> TensorElements { .uint32(elements) }
  public static func unwrap(_ elements: TensorElements) -> [UInt32]? {
    if case .uint32(let e) = elements { e } else { nil }
  }
}

extension Int64: TensorElement {
  public static var elementType: ElementType { .int64 }
  public static func wrap(_ elements: [Int64]) -> TensorElements { .int64(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Int64]? {
    if case .int64(let e) = elements { e } else { nil }
  }
}

extension UInt64: TensorElement {
  public static var elementType: ElementType { .uint64 }
  public static func wrap(_ elements: [UInt64]) -> TensorElements { .uint64(elements) }
  public static func unwrap(_ elements: TensorElements) -> [UInt64]? {
    if case .uint64(let e) = elements { e } else { nil }
  }
}

extension Bool: TensorElement {
  public static var elementType: ElementType { .bool }
  public static func wrap(_ elements: [Bool]) -> TensorElements { .bool(elements) }
  public static func unwrap(_ elements: TensorElements) -> [Bool]? {
    if case .bool(let e) = elements { e } else { nil }
  }
}
