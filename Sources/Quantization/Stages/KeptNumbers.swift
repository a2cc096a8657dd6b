import FoundationEssentials

/// What was chosen for a layer, as it is kept.
struct KeptLayer: Codable {
  private let levels: Data
  private let biases: Data

  init(integers: [Int8], bias: [Float]) {
    levels = Data(integers.map { UInt8(bitPattern: $0) })
    biases = KeptFloats.bytes(bias)
  }

  /// The integers of the weights.
  var integers: [Int8] { levels.map { Int8(bitPattern: $0) } }
  /// One number an output channel; empty if biases are left alone.
  var bias: [Float] { KeptFloats.floats(biases) }
}

/// Lists of numbers, as they are kept: exactly, four bytes each, little-endian.
struct KeptFloats: Codable {
  private let lists: [Data]

  init(_ lists: [[Float]]) { self.lists = lists.map(Self.bytes) }

  /// The lists.
  var values: [[Float]] { lists.map(Self.floats) }

  static func bytes(_ values: [Float]) -> Data {
    var bytes = Data(capacity: values.count * 4)
    for value in values {
      let bits = value.bitPattern
      for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(shift))) }
    }
    return bytes
  }

  static func floats(_ bytes: Data) -> [Float] {
    let bytes = [UInt8](bytes)
    return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
  }
}
