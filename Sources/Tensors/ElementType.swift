/// The type of one element of a tensor.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  case float32, float64, float16
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case bool

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// Whether elements are IEEE 754 numbers.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .float32, .float64: true
    default: false
    }
  }

  /// Whether elements are integers; Booleans are not.
  public var isInteger: Bool { !isFloatingPoint && self != .bool }

  /// The smallest and largest integer that the type holds; nil for floating point, Booleans, and uint64's upper half is cut to Int64.max.
  public var integerRange: ClosedRange<Int64>? {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .uint32: 0...Int64(UInt32.max)
    case .int64: Int64.min...Int64.max
    case .uint64: 0...Int64.max
    case .float16, .float32, .float64, .bool: nil
    }
  }
}
