import CMicrokernels
import Testing

/// A convolution of random uint8 activations and int8 weights with its result by definition.
private struct ConvU8Case {
  let geometry: Geometry
  let channels: Int
  let columns: Int
  let inputStride: Int
  let outputStride: Int
  let residualStride: Int
  let zeroPoint: UInt8
  let input: [UInt8]
  let weights: [Int8]  // [column][tap][channel]
  let initial: [Int32]
  let scale: [Float]
  let offset: [Float]
  let residual: [UInt8]?
  let residualScale: Float
  let lower: Float
  let upper: Float
  var accumulators: [Int64] = []  // [pixel][column]

  init(_ random: inout SeededGenerator, geometry: Geometry, channels: Int, columns: Int, extreme: Bool) {
    self.geometry = geometry
    self.channels = channels
    self.columns = columns
    inputStride = (channels + 3) / 4 * 4 + random.integer(0...9)
    outputStride = columns + random.integer(0...9)
    residualStride = columns + random.integer(0...9)
    zeroPoint = UInt8([0, 255, random.integer(0...255)][random.integer(0...2)])
    input = random.bytes((geometry.inputPixels - 1) * inputStride + (channels + 3) / 4 * 4, extreme: extreme)
    weights = random.weights(columns * geometry.taps * channels, extreme: extreme)
    initial = (0..<columns).map { _ in Int32(random.integer(-100_000...100_000)) }
    let reach = Float(geometry.taps * channels) * 127 * (extreme ? 255 : 60)
    let overflows = random.integer(0...1) == 1
    scale = random.floats(columns, 0...1).map { $0 * 300 / reach * (overflows && random.integer(0...9) == 0 ? 1e9 : 1) }
    offset = random.floats(columns, -20...270)
    let hasResidual = random.integer(0...1) == 1
    residual = hasResidual ? random.bytes((geometry.outputPixels - 1) * residualStride + columns, extreme: extreme) : nil
    residualScale = random.float(-1...1)
    lower = Float([0, random.integer(0...60)][random.integer(0...1)])
    upper = Float([255, random.integer(100...255)][random.integer(0...1)])
    accumulators = sums()
  }

  private func sums() -> [Int64] {
    var sums: [Int64] = []
    for pixel in 0..<geometry.outputPixels {
      let pixels = (0..<geometry.taps).map { geometry.pixel(output: pixel, tap: $0) }
      for column in 0..<columns {
        var sum = Int64(initial[column])
        for tap in 0..<geometry.taps {
          let at = (column * geometry.taps + tap) * channels
          for channel in 0..<channels {
            let x = pixels[tap].map { input[$0 * inputStride + channel] } ?? zeroPoint
            sum += Int64(x) * Int64(weights[at + channel])
          }
        }
        sums.append(sum)
      }
    }
    return sums
  }

  /// The panels in the layout QUADS, then as the kernel wants them.
  func packed(_ kernel: mk_gemm_u8_kernel) -> [UInt8] {
    let quads = quads(nr: unsafe kernel.nr)
    let groups = (channels + 3) / 4
    let quadsBytes = unsafe kernel.nr * 4 * (1 + geometry.taps * groups)
    return unsafe withUnsafePointer(to: kernel) { kernel in
      let bytes = unsafe mk_gemm_u8_panel_bytes(kernel, geometry.taps, channels)
      return stride(from: 0, to: quads.count, by: quadsBytes).flatMap { start in
        let from = GuardedBuffer([UInt8](quads[start..<start + quadsBytes]))
        let panel = GuardedBuffer(repeating: UInt8(0x5A), count: bytes)
        unsafe mk_gemm_u8_pack(kernel, geometry.taps, channels, from.pointer, panel.pointer)
        return panel.elements
      }
    }
  }

  private func quads(nr: Int) -> [UInt8] {
    let groups = (channels + 3) / 4
    var bytes: [UInt8] = []
    for first in stride(from: 0, to: columns, by: nr) {
      for column in first..<first + nr {
        let value = UInt32(bitPattern: column < columns ? initial[column] : 7)
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
      }
      for tap in 0..<geometry.taps {
        for group in 0..<groups {
          for column in first..<first + nr {
            for channel in group * 4..<group * 4 + 4 {
              let real = column < columns && channel < channels
              bytes.append(real ? UInt8(bitPattern: weights[(column * geometry.taps + tap) * channels + channel]) : 0)
            }
          }
        }
      }
    }
    return bytes
  }

  /// Runs rows and panels in parts, as threads would.
  func run<Output: BitwiseCopyable>(_ kernel: mk_gemm_u8_kernel, canary: Output) -> [Output] {
    let nr = unsafe kernel.nr
    let panels = (columns + nr - 1) / nr
    let inputs = GuardedBuffer(input)
    let padding = GuardedBuffer(repeating: zeroPoint, count: (channels + 3) / 4 * 4 + 64)
    let packed = GuardedBuffer(unsafe packed(kernel))
    let scales = GuardedBuffer(scale + [Float](repeating: .nan, count: panels * nr - columns))
    let offsets = GuardedBuffer(offset + [Float](repeating: .nan, count: panels * nr - columns))
    let output = GuardedBuffer(repeating: canary, count: (geometry.outputPixels - 1) * outputStride + columns)
    let isFloat = Output.self == Float.self
    let residuals = isFloat ? nil : residual.map { GuardedBuffer($0) }
    let floatLimit: Float = isFloat ? .infinity : 0
    var conv = unsafe mk_conv_u8(
      geometry: geometry.c(inputStride: inputStride, outputStride: outputStride), channels: channels, columns: columns,
      input: inputs.pointer, padding: padding.pointer, packed: packed.pointer, scale: scales.pointer,
      offset: offsets.pointer, output: output.pointer, output_is_float: isFloat ? 1 : 0, residual: residuals?.pointer,
      residual_stride: residualStride, residual_scale: residualScale, lower: isFloat ? -floatLimit : lower,
      upper: isFloat ? 200 : upper,
      is_bounded: unsafe mk_gemm_u8_is_bounded(columns, scale, offset, residuals == nil ? 0 : residualScale),
      following: packed.pointer, following_bytes: 1000)
    unsafe withUnsafePointer(to: kernel) { kernel in
      let half = geometry.outputPixels / 2
      unsafe mk_conv_u8s8(kernel, &conv, 0, half, 0, panels)
      unsafe mk_conv_u8s8(kernel, &conv, half, geometry.outputPixels, 0, panels / 2)
      unsafe mk_conv_u8s8(kernel, &conv, half, geometry.outputPixels, panels / 2, panels)
    }
    return output.elements
  }

  func expectedBytes(canary: UInt8) -> [UInt8] {
    var result = [UInt8](repeating: canary, count: (geometry.outputPixels - 1) * outputStride + columns)
    for pixel in 0..<geometry.outputPixels {
      for column in 0..<columns {
        let extra = residual.map { (value: $0[pixel * residualStride + column], scale: residualScale) }
        result[pixel * outputStride + column] = requantized(
          accumulators[pixel * columns + column], scale: scale[column], offset: offset[column], residual: extra,
          lower: lower, upper: upper)
      }
    }
    return result
  }

  func expectedFloats(canary: Float) -> [Float] {
    var result = [Float](repeating: canary, count: (geometry.outputPixels - 1) * outputStride + columns)
    for pixel in 0..<geometry.outputPixels {
      for column in 0..<columns {
        let f = offset[column].addingProduct(Float(accumulators[pixel * columns + column]), scale[column])
        result[pixel * outputStride + column] = min(f, 200)
      }
    }
    return result
  }
}

@Suite struct ConvU8Tests {
  private func check(_ conv: ConvU8Case) {
    let bytes = conv.expectedBytes(canary: 0xA5)
    let floats = conv.expectedFloats(canary: -77)
    for unsafe kernel in unsafe KernelTables.gemmU8 {
      let name = unsafe String(cString: kernel.name)
      let detail = "\(name), \(conv.geometry), K \(conv.channels), N \(conv.columns)"
      #expect(unsafe conv.run(kernel, canary: UInt8(0xA5)) == bytes, "\(detail)")
      #expect(unsafe conv.run(kernel, canary: Float(-77)) == floats, "\(detail)")
    }
  }

  @Test(arguments: 1...70) func `matrix products with every number of channels`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let geometry = Geometry(rows: random.integer(1...32))
    check(
      ConvU8Case(
        &random, geometry: geometry, channels: channels, columns: random.integer(1...130), extreme: channels % 3 == 0))
  }

  @Test(arguments: 1...30) func `every number of rows`(rows: Int) {
    var random = SeededGenerator(seed: 100 + rows)
    check(ConvU8Case(&random, geometry: Geometry(rows: rows), channels: 9, columns: 50, extreme: rows % 2 == 0))
  }

  @Test(arguments: 1...66) func `every number of columns`(columns: Int) {
    var random = SeededGenerator(seed: 200 + columns)
    check(ConvU8Case(&random, geometry: Geometry(rows: 17), channels: 6, columns: columns, extreme: false))
  }

  @Test(arguments: 1...40) func `windows with strides, pads and dilations`(seed: Int) {
    var random = SeededGenerator(seed: 300 + seed)
    let geometry = Geometry(&random)
    check(
      ConvU8Case(
        &random, geometry: geometry, channels: random.integer(1...20), columns: random.integer(1...70),
        extreme: seed % 3 == 0))
  }

  @Test func `the largest window`() {
    var random = SeededGenerator(seed: 400)
    #expect(mk_conv_max_taps() == 17 * 17)
    let geometry = Geometry(&random, kernel: [17, 17], stride: [1, 2], dilation: [1, 1])
    check(ConvU8Case(&random, geometry: geometry, channels: 3, columns: 20, extreme: false))
  }

  @Test func `weights larger than the cache`() {
    var random = SeededGenerator(seed: 401)
    check(ConvU8Case(&random, geometry: Geometry(rows: 61), channels: 2048, columns: 300, extreme: true))
  }

  @Test func `a residual may be overwritten by the output`() {
    var random = SeededGenerator(seed: 402)
    for unsafe kernel in unsafe KernelTables.gemmU8 {
      let rows = unsafe kernel.mr * 2 - 1
      let nr = unsafe kernel.nr
      let x = GuardedBuffer(random.bytes(rows * 4, extreme: false))
      let quads = GuardedBuffer([UInt8](repeating: 0, count: nr * 8))
      let packed = unsafe withUnsafePointer(to: kernel) { kernel in
        let panel = GuardedBuffer(repeating: UInt8(0x5A), count: unsafe mk_gemm_u8_panel_bytes(kernel, 1, 4))
        unsafe mk_gemm_u8_pack(kernel, 1, 4, quads.pointer, panel.pointer)
        return panel
      }
      let scale = GuardedBuffer([Float](repeating: 1, count: nr))
      let residual = random.bytes(rows * nr, extreme: false)
      let output = GuardedBuffer(residual)
      var conv = unsafe mk_conv_u8(
        geometry: Geometry(rows: rows).c(inputStride: 4, outputStride: nr), channels: 4, columns: nr, input: x.pointer,
        padding: x.pointer, packed: packed.pointer, scale: scale.pointer, offset: scale.pointer, output: output.pointer,
        output_is_float: 0, residual: output.pointer, residual_stride: nr, residual_scale: 0.5, lower: 0, upper: 255,
        is_bounded: 1, following: nil,
        following_bytes: 0)
      unsafe withUnsafePointer(to: kernel) { unsafe mk_conv_u8s8($0, &conv, 0, rows, 0, 1) }
      let expected = residual.map { requantized(0, scale: 1, offset: 1, residual: ($0, 0.5), lower: 0, upper: 255) }
      #expect(output.elements == expected)
    }
  }
}
