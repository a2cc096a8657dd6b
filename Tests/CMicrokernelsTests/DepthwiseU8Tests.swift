import CMicrokernels
import Testing

/// A depthwise convolution of random uint8 activations with its result by definition.
private struct DepthwiseU8Case {
  let geometry: Geometry
  let channels: Int
  let inputStride: Int
  let outputStride: Int
  let zeroPoint: UInt8
  let input: [UInt8]
  let weights: [Int8]  // [tap][channel]
  let initial: [Int32]
  let scale: [Float]
  let offset: [Float]
  let lower: Float
  let upper: Float

  init(_ random: inout SeededGenerator, geometry: Geometry, channels: Int, extreme: Bool) {
    self.geometry = geometry
    self.channels = channels
    inputStride = channels + random.integer(0...9)
    outputStride = channels + random.integer(0...9)
    zeroPoint = UInt8([0, 255, random.integer(0...255)][random.integer(0...2)])
    input = random.bytes((geometry.inputPixels - 1) * inputStride + channels, extreme: extreme)
    weights = random.weights(geometry.taps * channels, extreme: extreme)
    initial = (0..<channels).map { _ in Int32(random.integer(-10_000...10_000)) }
    let reach = Float(geometry.taps) * 127 * (extreme ? 255 : 60)
    let overflows = random.integer(0...1) == 1
    scale = random.floats(channels, 0...1).map { $0 * 300 / reach * (overflows && random.integer(0...9) == 0 ? 1e9 : 1) }
    offset = random.floats(channels, -20...270)
    lower = Float([0, random.integer(0...60)][random.integer(0...1)])
    upper = Float([255, random.integer(100...255)][random.integer(0...1)])
  }

  func run(_ kernel: mk_dwconv_u8_kernel) -> [UInt8] {
    var native = geometry.c(inputStride: inputStride, outputStride: outputStride)
    let inputs = GuardedBuffer(input)
    let scratch = GuardedBuffer(repeating: UInt8(0x5A), count: unsafe mk_dwconv_u8_scratch_bytes(&native, channels))
    let output = GuardedBuffer(repeating: UInt8(0xA5), count: (geometry.outputPixels - 1) * outputStride + channels)
    unsafe withUnsafePointer(to: kernel) { kernel in
      let bytes = unsafe mk_dwconv_u8_packed_bytes(kernel, geometry.taps, channels)
      let packed = GuardedBuffer(repeating: UInt8(0x5A), count: bytes)
      unsafe mk_dwconv_u8_pack(kernel, geometry.taps, channels, weights, initial, scale, offset, packed.pointer)
      let isBounded = unsafe mk_dwconv_u8_is_bounded(geometry.taps, channels, initial, scale, offset)
      let rows = geometry.batch * geometry.output[0]
      // All channels of half the rows, then those of the other half in two pieces.
      let middle = channels / 2 / Int(MK_DWCONV_BLOCK) * Int(MK_DWCONV_BLOCK)
      for (from, to, rows) in [(0, channels, 0..<rows / 2), (0, middle, rows / 2..<rows), (middle, channels, rows / 2..<rows)] {
        var conv = unsafe mk_dwconv_u8(
          geometry: native, channels: to - from, input: inputs.pointer + from, zero_point: zeroPoint,
          packed: packed.pointer + mk_dwconv_u8_packed_bytes(kernel, geometry.taps, from),
          output: output.pointer + from, lower: lower, upper: upper, is_bounded: isBounded, scratch: scratch.pointer)
        unsafe kernel.pointee.run(&conv, rows.lowerBound, rows.upperBound)
      }
    }
    return output.elements
  }

  var expected: [UInt8] {
    var result = [UInt8](repeating: 0xA5, count: (geometry.outputPixels - 1) * outputStride + channels)
    for pixel in 0..<geometry.outputPixels {
      let pixels = (0..<geometry.taps).map { geometry.pixel(output: pixel, tap: $0) }
      for channel in 0..<channels {
        var sum = Int64(initial[channel])
        for tap in 0..<geometry.taps {
          let x = pixels[tap].map { input[$0 * inputStride + channel] } ?? zeroPoint
          sum += Int64(x) * Int64(weights[tap * channels + channel])
        }
        result[pixel * outputStride + channel] = requantized(
          sum, scale: scale[channel], offset: offset[channel], lower: lower, upper: upper)
      }
    }
    return result
  }
}

@Suite struct DepthwiseU8Tests {
  private func check(_ conv: DepthwiseU8Case) {
    let expected = conv.expected
    var count = 0
    for unsafe kernel in unsafe KernelTables.depthwiseU8 {
      let g = conv.geometry
      let strides = unsafe kernel.stride == 0 || g.stride == [kernel.stride, kernel.stride] && g.dilation == [1, 1]
      let window = unsafe kernel.kernel_height == 0 || g.kernel == [kernel.kernel_height, kernel.kernel_width]
      guard strides, window else { continue }
      count += 1
      let name = unsafe String(cString: kernel.name)
      #expect(unsafe conv.run(kernel) == expected, "\(name), \(g), C \(conv.channels)")
    }
    let tables = unsafe Set(KernelTables.depthwiseU8.map { unsafe $0.isa.rawValue }).count
    #expect(count >= tables)
  }

  @Test(arguments: 1...140) func `every number of channels`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let geometry = Geometry(&random, kernel: [3, 3], stride: [[1, 1], [2, 2]][channels % 2], dilation: [1, 1])
    check(DepthwiseU8Case(&random, geometry: geometry, channels: channels, extreme: channels % 3 == 0))
  }

  @Test(arguments: 1...60) func `3x3 windows over images of all sizes`(seed: Int) {
    var random = SeededGenerator(seed: 200 + seed)
    let stride = random.integer(1...2)
    var geometry = Geometry(&random, kernel: [3, 3], stride: [stride, stride], dilation: [1, 1])
    if seed == 1 {
      geometry.pads = [3, 4]  // the first windows lie in the padding alone
    }
    check(DepthwiseU8Case(&random, geometry: geometry, channels: 150, extreme: false))
  }

  @Test(arguments: 1...60) func `any window`(seed: Int) {
    var random = SeededGenerator(seed: 300 + seed)
    let geometry = Geometry(&random, kernel: [random.integer(1...7), random.integer(1...5)])
    let channels = random.integer(1...200)
    check(DepthwiseU8Case(&random, geometry: geometry, channels: channels, extreme: seed % 3 == 0))
  }
}
