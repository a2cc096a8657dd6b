import CMicrokernels
import Testing

/// Pooling windows over random images.
@Suite struct PoolTests {
  private struct Case {
    var geometry: Geometry
    var channels: Int
    var inputStride: Int
    var outputStride: Int
    var countsPadding: Bool
    var zeroPoint: UInt8

    var inputCount: Int { (geometry.inputPixels - 1) * inputStride + channels }
    var outputCount: Int { (geometry.outputPixels - 1) * outputStride + channels }

    init(_ random: inout SeededGenerator) {
      geometry = Geometry(&random)
      // Rounding the extents up lets the last windows reach beyond the padded image.
      for axis in 0..<2 where geometry.padsAfter[axis] > 0 && random.integer(0...1) == 0 { geometry.padsAfter[axis] -= 1 }
      channels = [random.integer(1...9), random.integer(10...150)][random.integer(0...1)]
      inputStride = channels + random.integer(0...5)
      outputStride = channels + random.integer(0...5)
      countsPadding = random.integer(0...1) == 1
      zeroPoint = UInt8(random.integer(0...255))
    }

    /// What `body` makes of the taps inside and the divisor, for each pixel and channel.
    func expected<T>(_ canary: T, _ body: (_ inside: [Int], _ count: Int) -> T) -> [T] {
      (0..<outputCount).map { index in
        let (pixel, channel) = (index / outputStride, index % outputStride)
        guard channel < channels else { return canary }
        let inside = (0..<geometry.taps).compactMap { geometry.pixel(output: pixel, tap: $0) }
        let at = [pixel / geometry.output[1] % geometry.output[0], pixel % geometry.output[1]]
        let padded = (0..<2).map { paddedTaps(axis: $0, position: at[$0]) }
        let count = countsPadding ? padded[0] * padded[1] : inside.count
        return body(inside.map { $0 * inputStride + channel }, max(count, 1))
      }
    }

    /// How many taps of an axis lie in the padded image.
    private func paddedTaps(axis: Int, position: Int) -> Int {
      let end = geometry.pads[axis] + geometry.input[axis] + geometry.padsAfter[axis]
      return (0..<geometry.kernel[axis]).count { tap in
        position * geometry.stride[axis] + tap * geometry.dilation[axis] < end
      }
    }

    func run<T: BitwiseCopyable>(
      _ input: [T], canary: T, scale: Float = 1, offset: Float = 0,
      _ function: @convention(c) (UnsafePointer<mk_pool>?, Int, Int) -> Void
    ) -> [T] {
      let inputs = GuardedBuffer(input)
      let output = GuardedBuffer(repeating: canary, count: outputCount)
      var pool = unsafe mk_pool(
        geometry: geometry.c(inputStride: inputStride, outputStride: outputStride), channels: channels,
        input: inputs.pointer, output: output.pointer, count_includes_padding: countsPadding ? 1 : 0,
        pad_bottom: geometry.padsAfter[0], pad_right: geometry.padsAfter[1], zero_point: zeroPoint, scale: scale,
        offset: offset)
      let rows = geometry.batch * geometry.output[0]
      unsafe function(&pool, 0, rows / 2)
      unsafe function(&pool, rows / 2, rows)
      return output.elements
    }
  }

  @Test(arguments: 1...60) func `uint8`(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let pool = Case(&random)
    let x = random.bytes(pool.inputCount, extreme: false)
    let (scale, offset) = (random.float(0.1...2), random.float(-20...100))
    let greatest = pool.expected(UInt8(0xA5)) { inside, _ in inside.map { x[$0] }.max() ?? 0 }
    let average = pool.expected(UInt8(0xA5)) { inside, count in
      let padding = pool.countsPadding ? (count - inside.count) * Int(pool.zeroPoint) : 0
      let sum = Float(inside.reduce(padding) { $0 + Int(x[$1]) })
      return UInt8(min(max(offset.addingProduct(sum, scale / Float(count)).rounded(.toNearestOrEven), 0), 255))
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      #expect(unsafe pool.run(x, canary: 0xA5, functions.pointee.max_pool_u8) == greatest, "\(isa)")
      let found = unsafe pool.run(x, canary: 0xA5, scale: scale, offset: offset, functions.pointee.average_pool_u8)
      #expect(found == average, "\(isa) \(pool)")
    }
  }

  @Test(arguments: 1...60) func `float`(seed: Int) {
    var random = SeededGenerator(seed: 100 + seed)
    let pool = Case(&random)
    let x = random.floats(pool.inputCount, -9...9)
    let greatest = pool.expected(Float(-77)) { inside, _ in inside.map { x[$0] }.max() ?? -.infinity }
    let average = pool.expected(Float(-77)) { inside, count in inside.reduce(0) { $0 + x[$1] } / Float(count) }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      #expect(unsafe pool.run(x, canary: -77, functions.pointee.max_pool_f32) == greatest, "\(isa)")
      #expect(unsafe pool.run(x, canary: -77, functions.pointee.average_pool_f32) == average, "\(isa)")
    }
  }
}
