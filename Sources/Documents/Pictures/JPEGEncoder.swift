/// A baseline JPEG writer (ITU-T T.81, JFIF 1.01): 8 bits, YCbCr, colour at half resolution, integer arithmetic only.
struct JPEGEncoder {
  private var bits = JPEGBitWriter()
  private let luminance: [Int]
  private let chrominance: [Int]
  private let dcCodes = [JPEGCodes(JPEGTables.luminanceDC), JPEGCodes(JPEGTables.chrominanceDC)]
  private let acCodes = [JPEGCodes(JPEGTables.luminanceAC), JPEGCodes(JPEGTables.chrominanceAC)]

  init(quality: Int) {
    let quality = min(max(quality, 1), 100)
    let scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
    luminance = JPEGTables.luminanceSteps.map { min(max(($0 * scale + 50) / 100, 1), 255) }
    chrominance = JPEGTables.chrominanceSteps.map { min(max(($0 * scale + 50) / 100, 1), 255) }
  }

  mutating func encode(_ picture: Picture) -> [UInt8] {
    let planes = JPEGPlanes(picture)
    bits = JPEGBitWriter()
    writeHeaders(width: picture.width, height: picture.height)
    var previous = [0, 0, 0]
    for top in stride(from: 0, to: picture.height, by: 16) {
      for left in stride(from: 0, to: picture.width, by: 16) {
        for (x, y) in [(0, 0), (8, 0), (0, 8), (8, 8)] {
          write(planes.brightness.block(left + x, top + y), luminance, 0, &previous[0])
        }
        write(planes.blue.block(left / 2, top / 2), chrominance, 1, &previous[1])
        write(planes.red.block(left / 2, top / 2), chrominance, 1, &previous[2])
      }
    }
    bits.finish()
    bits.append(marker: 0xD9)
    return bits.bytes
  }

  private mutating func writeHeaders(width: Int, height: Int) {
    bits.append(marker: 0xD8)
    bits.append(segment: 0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
    bits.append(segment: 0xDB, [0] + luminance.map { UInt8($0) } + [1] + chrominance.map { UInt8($0) })
    let size = [height >> 8, height & 255, width >> 8, width & 255].map { UInt8($0) }
    bits.append(segment: 0xC0, [8] + size + [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
    var tables: [UInt8] = []
    for (id, table) in [
      (0x00, JPEGTables.luminanceDC), (0x10, JPEGTables.luminanceAC),
      (0x01, JPEGTables.chrominanceDC), (0x11, JPEGTables.chrominanceAC),
    ] {
      tables += [UInt8(id)] + table.counts + table.symbols
    }
    bits.append(segment: 0xC4, tables)
    bits.append(segment: 0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0])
  }

  private mutating func write(_ block: [Int], _ steps: [Int], _ table: Int, _ previous: inout Int) {
    let coefficients = JPEGTransform.quantized(block, steps: steps)
    write(symbol: 0, value: coefficients[0] - previous, dcCodes[table])
    previous = coefficients[0]
    var zeros = 0
    for coefficient in coefficients.dropFirst() {
      if coefficient == 0 {
        zeros += 1
        continue
      }
      while zeros > 15 {
        acCodes[table].write(0xF0, to: &bits)
        zeros -= 16
      }
      write(symbol: zeros << 4, value: coefficient, acCodes[table])
      zeros = 0
    }
    if zeros > 0 { acCodes[table].write(0x00, to: &bits) }
  }

  /// Writes the code of `symbol` with the bit length of the value in its low half, then the value's bits.
  private mutating func write(symbol: Int, value: Int, _ codes: JPEGCodes) {
    let length = Int.bitWidth - value.magnitude.leadingZeroBitCount
    codes.write(symbol | length, to: &bits)
    bits.append(value < 0 ? value - 1 : value, count: length)
  }
}

/// The codes of one Huffman table by symbol.
struct JPEGCodes {
  private var codes = [(code: Int, length: Int)](repeating: (0, 0), count: 256)

  init(_ table: JPEGTables.Huffman) {
    var code = 0
    var next = 0
    for (index, count) in table.counts.enumerated() {
      for symbol in table.symbols[next..<(next + Int(count))] {
        codes[Int(symbol)] = (code, index + 1)
        code += 1
      }
      next += Int(count)
      code <<= 1
    }
  }

  func write(_ symbol: Int, to bits: inout JPEGBitWriter) {
    bits.append(codes[symbol].code, count: codes[symbol].length)
  }
}
