import FoundationEssentials

/// A `.npy` file of little-endian float32 or uint8 elements in C order.
struct NumPyArray {
  let shape: [Int]
  private let content: Data
  private let elementSize: Int

  init?(_ url: URL) {
    guard let data = try? Data(contentsOf: url), data.starts(with: [0x93] + Array("NUMPY".utf8)), data.count > 10 else {
      return nil
    }
    let headerCount = Int(data[8]) | Int(data[9]) << 8
    let header = String(decoding: data[10..<(10 + headerCount)], as: UTF8.self)
    guard let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")") else { return nil }
    shape = header[header.index(after: open)..<close].split { ", ".contains($0) }.compactMap { Int($0) }
    content = data.dropFirst(10 + headerCount)
    elementSize = header.contains("<f4") ? 4 : 1
  }

  /// One index of the first axis, as float32.
  func row(_ index: Int) -> [Float] {
    let count = shape.dropFirst().reduce(1, *)
    let start = content.startIndex + index * count * elementSize
    let bytes = Array(content[start..<(start + count * elementSize)])
    guard elementSize == 4 else { return bytes.map(Float.init) }
    return (0..<count).map { element in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[element * 4 + $1]) << UInt32(8 * $1) }
      return Float(bitPattern: bits)
    }
  }
}
