import CMicrokernels
import Testing

/// A float convolution of random values with its result in double precision.
private struct ConvF32Case {
  let geometry: Geometry
  let channels: Int
  let columns: Int
  let inputStride: Int
  let outputStride: Int
  let input: [Float]
  let weights: [Float]  // [column][tap][channel]
  let initial: [Float]
  let residual: [Float]?
  let lower: Float
  let upper: Float

  init(_ random: inout SeededGenerator, geometry: Geometry, channels: Int, columns: Int) {
    self.geometry = geometry
    self.channels = channels
    self.columns = columns
    inputStride = channels + random.integer(0...5)
    outputStride = columns + random.integer(0...5)
    input = random.floats((geometry.inputPixels - 1) * inputStride + channels, -2...2)
    weights = random.floats(columns * geometry.taps * channels, -2...2)
    initial = random.floats(columns, -2...2)
    let hasResidual = random.integer(0...1) == 1
    residual = hasResidual ? random.floats((geometry.outputPixels - 1) * outputStride + columns, -2...2) : nil
    lower = [-Float.infinity, -1][random.integer(0...1)]
    upper = [Float.infinity, 6][random.integer(0...1)]
  }

  func run(_ kernel: mk_gemm_f32_kernel) -> [Float] {
    let nr = unsafe kernel.nr
    let panels = (columns + nr - 1) / nr
    var panel: [Float] = []
    for first in stride(from: 0, to: columns, by: nr) {
      panel += (first..<first + nr).map { $0 < columns ? initial[$0] : 3 }
      for k in 0..<geometry.taps * channels {
        panel += (first..<first + nr).map { $0 < columns ? weights[$0 * geometry.taps * channels + k] : 0 }
      }
    }
    let inputs = GuardedBuffer(input)
    let padding = GuardedBuffer(repeating: Float(0), count: channels)
    let packed = GuardedBuffer(panel)
    let output = GuardedBuffer(repeating: Float(-77), count: (geometry.outputPixels - 1) * outputStride + columns)
    let residuals = residual.map { GuardedBuffer($0) }
    var conv = unsafe mk_conv_f32(
      geometry: geometry.c(inputStride: inputStride, outputStride: outputStride), channels: channels, columns: columns,
      input: inputs.pointer, padding: padding.pointer, packed: packed.pointer, output: output.pointer,
      residual: residuals?.pointer, residual_stride: outputStride, lower: lower, upper: upper)
    unsafe withUnsafePointer(to: kernel) { kernel in
      let half = geometry.outputPixels / 2
      unsafe mk_conv_f32_run(kernel, &conv, 0, half, 0, panels)
      unsafe mk_conv_f32_run(kernel, &conv, half, geometry.outputPixels, 0, panels / 2)
      unsafe mk_conv_f32_run(kernel, &conv, half, geometry.outputPixels, panels / 2, panels)
    }
    return output.elements
  }

  /// Whether each element is within the bound of a chain of fused multiply-adds, and nothing else was written.
  func accepts(_ output: [Float]) -> Bool {
    for pixel in 0..<geometry.outputPixels {
      for column in 0..<outputStride where pixel * outputStride + column < output.count {
        let found = output[pixel * outputStride + column]
        if column >= columns {
          if found != -77 { return false }
          continue
        }
        var sum = Double(initial[column])
        var magnitude = abs(sum)
        for tap in 0..<geometry.taps {
          guard let at = geometry.pixel(output: pixel, tap: tap) else { continue }
          for channel in 0..<channels {
            let weight = weights[(column * geometry.taps + tap) * channels + channel]
            let product = Double(input[at * inputStride + channel]) * Double(weight)
            sum += product
            magnitude += abs(product)
          }
        }
        if let residual { sum += Double(residual[pixel * outputStride + column]) }
        let bound = Double(geometry.taps * channels + 2) * 0x1p-24 * (magnitude + 2)
        if abs(min(max(sum, Double(lower)), Double(upper)) - Double(found)) > bound { return false }
      }
    }
    return true
  }
}

@Suite struct ConvF32Tests {
  /// The scalar result is within the bound; all others equal it.
  private func check(_ conv: ConvF32Case) {
    var first: [Float]?
    for unsafe kernel in unsafe KernelTables.gemmF32 {
      let name = unsafe String(cString: kernel.name)
      let output = unsafe conv.run(kernel)
      if let first {
        #expect(output == first, "\(name), \(conv.geometry), K \(conv.channels), N \(conv.columns)")
      } else {
        #expect(conv.accepts(output), "\(name), \(conv.geometry), K \(conv.channels), N \(conv.columns)")
        first = output
      }
    }
  }

  @Test(arguments: 1...40) func `matrix products`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let geometry = Geometry(rows: random.integer(1...32))
    check(ConvF32Case(&random, geometry: geometry, channels: channels, columns: random.integer(1...130)))
  }

  @Test(arguments: 1...90) func `every number of rows`(rows: Int) {
    var random = SeededGenerator(seed: 100 + rows)
    check(ConvF32Case(&random, geometry: Geometry(rows: rows), channels: 5, columns: 50))
  }

  @Test(arguments: 1...66) func `every number of columns`(columns: Int) {
    var random = SeededGenerator(seed: 200 + columns)
    check(ConvF32Case(&random, geometry: Geometry(rows: 17), channels: 3, columns: columns))
  }

  @Test(arguments: 1...30) func `windows with strides, pads and dilations`(seed: Int) {
    var random = SeededGenerator(seed: 300 + seed)
    let geometry = Geometry(&random)
    check(ConvF32Case(&random, geometry: geometry, channels: random.integer(1...9), columns: random.integer(1...70)))
  }

  @Test func `weights larger than the cache`() {
    var random = SeededGenerator(seed: 401)
    check(ConvF32Case(&random, geometry: Geometry(rows: 61), channels: 700, columns: 240))
  }

  @Test func `not a number stays so through the clamp`() {
    for unsafe kernel in unsafe KernelTables.gemmF32 {
      let nr = unsafe kernel.nr
      let x = GuardedBuffer([Float.nan, 1])
      let panel = GuardedBuffer([Float](repeating: 1, count: 2 * nr))
      let y = GuardedBuffer([Float](repeating: 0, count: 2 * nr))
      var conv = unsafe mk_conv_f32(
        geometry: Geometry(rows: 2).c(inputStride: 1, outputStride: nr), channels: 1, columns: nr, input: x.pointer,
        padding: x.pointer, packed: panel.pointer, output: y.pointer, residual: nil, residual_stride: 0, lower: 0,
        upper: 1)
      unsafe withUnsafePointer(to: kernel) { unsafe mk_conv_f32_run($0, &conv, 0, 2, 0, 1) }
      #expect(y.elements.map(\.isNaN) == (0..<2 * nr).map { $0 < nr })
      #expect(Set(y.elements.suffix(nr)) == [1])
    }
  }
}
