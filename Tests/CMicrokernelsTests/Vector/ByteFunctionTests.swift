import CMicrokernels
import Testing

/// Loops over uint8 elements, each against its formula.
@Suite struct ByteFunctionTests {
  private static let counts = Array(0...70) + [1000]

  @Test(arguments: counts) func `quantize`(count: Int) {
    var random = SeededGenerator(seed: 1 + count)
    let scale: Float = [0.5, random.float(0.001...2)][count % 2]
    let zeroPoint = [0, 255, random.integer(0...255)][count % 3]
    var x = random.floats(count, -300 * scale...300 * scale)
    for (index, special) in [Float.nan, .infinity, -.infinity, 0.25, 1.25, -0.75, 1e30, -1e30, -.nan].enumerated() {
      if index * 3 < count { x[index * 3] = special }
    }
    let expected = x.map { value -> UInt8 in
      value.isNaN ? UInt8(zeroPoint) : UInt8(min(max((value / scale).rounded(.toNearestOrEven) + Float(zeroPoint), 0), 255))
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let input = GuardedBuffer(x)
      let output = GuardedBuffer(repeating: UInt8(0xA5), count: count)
      unsafe functions.pointee.quantize_u8(count, input.pointer, scale, Int32(zeroPoint), output.pointer)
      #expect(output.elements == expected, "\(isa)")
    }
  }

  /// Halves of whole numbers and their neighbours, where a quotient that is off in its last place rounds the other way.
  @Test(arguments: 0...60) func `quantize near ties`(seed: Int) {
    var random = SeededGenerator(seed: 50 + seed)
    let scales: [Float] = [random.float(0.001...2), 2 / 255, 0x1p-90 * random.float(1...2), 0x1p90, 0x1p-130, 0x1p-79]
    let scale = scales[seed % scales.count]
    let x = (-600...600).flatMap { half -> [Float] in
      let tie = Float(half) / 2 * scale
      return [tie, tie.nextUp, tie.nextDown, tie.nextUp.nextUp, tie.nextDown.nextDown]
    }
    let expected = x.map { UInt8(min(max(($0 / scale).rounded(.toNearestOrEven) + 128, 0), 255)) }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let input = GuardedBuffer(x)
      let output = GuardedBuffer(repeating: UInt8(0xA5), count: x.count)
      unsafe functions.pointee.quantize_u8(x.count, input.pointer, scale, 128, output.pointer)
      #expect(output.elements == expected, "\(isa), scale \(scale)")
    }
  }

  @Test(arguments: counts) func `dequantize`(count: Int) {
    var random = SeededGenerator(seed: 1 + count)
    let scale = random.float(0.001...2)
    let zeroPoint = random.integer(0...255)
    let x = random.bytes(count, extreme: count % 3 == 0)
    let expected = x.map { Float(Int($0) - zeroPoint) * scale }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let input = GuardedBuffer(x)
      let output = GuardedBuffer(repeating: Float(-77), count: count)
      unsafe functions.pointee.dequantize_u8(count, input.pointer, scale, Int32(zeroPoint), output.pointer)
      #expect(output.elements == expected, "\(isa)")
    }
  }

  @Test(arguments: counts) func `rescale and add`(count: Int) {
    var random = SeededGenerator(seed: 1 + count)
    let (a, b) = (random.bytes(count, extreme: false), random.bytes(count, extreme: count % 3 == 0))
    let (scaleA, scaleB, offset) = (random.float(-2...2), [0.5, random.float(-2...2)][count % 2], random.float(-50...300))
    let (lower, upper) = (Float(random.integer(0...50)), Float(random.integer(100...255)))
    let rescaled = a.map { requantized(Int64($0), scale: scaleA, offset: offset, lower: lower, upper: upper) }
    let added = zip(a, b).map { a, b in
      requantized(Int64(a), scale: scaleA, offset: offset, residual: (b, scaleB), lower: lower, upper: upper)
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let (inputA, inputB) = (GuardedBuffer(a), GuardedBuffer(b))
      let output = GuardedBuffer(repeating: UInt8(0xA5), count: count)
      unsafe functions.pointee.rescale_u8(count, inputA.pointer, scaleA, offset, lower, upper, output.pointer)
      #expect(output.elements == rescaled, "\(isa)")
      unsafe functions.pointee.add_u8(
        count, inputA.pointer, inputB.pointer, scaleA, scaleB, offset, lower, upper, output.pointer)
      #expect(output.elements == added, "\(isa)")
    }
  }

  @Test(arguments: 1...90) func `rescale channels`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let pixels = [random.integer(1...5), random.integer(60...140)][channels % 2]
    let (width, outputWidth) = (channels + random.integer(0...5), channels + random.integer(0...5))
    let x = random.bytes((pixels - 1) * width + channels, extreme: channels % 3 == 0)
    var (scale, offset) = (random.floats(channels, -2...2), random.floats(channels, -50...300))
    (scale[0], offset[0]) = [(1e9, -1e9), (-1e30, 7), (0.5, 0.25)][channels % 3]
    let (lower, upper) = (Float(random.integer(0...50)), Float(random.integer(100...255)))
    let expected = (0..<(pixels - 1) * outputWidth + channels).map { index in
      let (pixel, c) = (index / outputWidth, index % outputWidth)
      guard c < channels else { return UInt8(0xA5) }
      return requantized(
        Int64(x[pixel * width + c]), scale: scale[c], offset: offset[c], lower: lower, upper: upper)
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let (input, scales, offsets) = (GuardedBuffer(x), GuardedBuffer(scale), GuardedBuffer(offset))
      let output = GuardedBuffer(repeating: UInt8(0xA5), count: expected.count)
      unsafe functions.pointee.rescale_channels_u8(
        pixels, channels, width, input.pointer, scales.pointer, offsets.pointer, lower, upper, outputWidth,
        output.pointer)
      #expect(output.elements == expected, "\(isa)")
    }
  }
}
