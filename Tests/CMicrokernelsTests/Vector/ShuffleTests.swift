import CMicrokernels
import Testing

/// Channels dealt out group by group.
@Suite struct ShuffleTests {
  @Test(arguments: 1...80) func `shuffle channels`(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let groups = [2, 3, 4, random.integer(1...20)][seed % 4]
    let channels = groups * random.integer(1...40)
    let pixels = [random.integer(1...5), random.integer(30...70)][seed / 4 % 2]
    let (width, outputWidth) = (channels + random.integer(0...5), channels + random.integer(0...5))
    let bytes = random.bytes((pixels - 1) * width + channels, extreme: false)
    let floats = random.floats(bytes.count, -9...9)
    func expected<T>(_ x: [T], _ canary: T) -> [T] {
      (0..<(pixels - 1) * outputWidth + channels).map { index in
        let (pixel, c) = (index / outputWidth, index % outputWidth)
        return c < channels ? x[pixel * width + c % groups * (channels / groups) + c / groups] : canary
      }
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let (byteInput, floatInput) = (GuardedBuffer(bytes), GuardedBuffer(floats))
      let byteOutput = GuardedBuffer(repeating: UInt8(0xA5), count: (pixels - 1) * outputWidth + channels)
      unsafe functions.pointee.shuffle_channels_u8(
        pixels, channels, groups, width, byteInput.pointer, outputWidth, byteOutput.pointer)
      #expect(byteOutput.elements == expected(bytes, 0xA5), "\(isa), \(groups) groups of \(channels)")
      let floatOutput = GuardedBuffer(repeating: Float(-77), count: byteOutput.count)
      unsafe functions.pointee.shuffle_channels_f32(
        pixels, channels, groups, width, floatInput.pointer, outputWidth, floatOutput.pointer)
      #expect(floatOutput.elements == expected(floats, -77), "\(isa), \(groups) groups of \(channels)")
    }
  }
}
