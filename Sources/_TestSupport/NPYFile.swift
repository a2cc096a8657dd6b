package import FoundationEssentials
package import Tensors

/// Reads arrays as NumPy's `save` writes them.
package enum NPYFile {
  /// Why a file cannot be read.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private static let types: [String: ElementType] = [
    "<f4": .float32, "<f8": .float64, "<f2": .float16, "|i1": .int8, "|u1": .uint8, "<i2": .int16, "<u2": .uint16,
    "<i4": .int32, "<u4": .uint32, "<i8": .int64, "<u8": .uint64, "|b1": .bool,
  ]

  /// The array of a file in format version 1 to 3, little-endian and row-major.
  ///
  /// - Throws: `Failure`, or `TensorError` where header and elements do not agree.
  package static func tensor(_ data: Data) throws -> Tensor {
    let bytes = [UInt8](data)
    guard bytes.count > 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw Failure(description: "is not an NPY file")
    }
    let wide = bytes[6] >= 2
    let length = Int(bytes[8]) | Int(bytes[9]) << 8 | (wide ? Int(bytes[10]) << 16 | Int(bytes[11]) << 24 : 0)
    let start = wide ? 12 : 10
    guard start + length <= bytes.count else { throw Failure(description: "ends within its header") }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
    guard let word = text(after: "'descr': '", until: "'", in: header), let type = types[word],
      header.contains("'fortran_order': False"), let extents = text(after: "'shape': (", until: ")", in: header)
    else { throw Failure(description: "has the header \(header), which is not supported") }
    let dimensions = extents.split(separator: ",").compactMap { Int($0.filter(\.isNumber)) }
    return try LittleEndianTensor.tensor(type, Shape(dimensions), bytes[(start + length)...])
  }

  private static func text(after opening: String, until closing: Character, in text: String) -> String? {
    guard let range = text.firstRange(of: opening) else { return nil }
    return String(text[range.upperBound...].prefix { $0 != closing })
  }
}
