import CMicrokernels
import Testing

/// Sums and means over pixels.
@Suite struct PixelSumTests {
  @Test(arguments: Array(1...40) + [64, 100, 130, 200]) func `sums and means`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let (pixels, width) = (random.integer(1...60), channels + random.integer(0...5))
    let bytes = random.bytes((pixels - 1) * width + channels, extreme: true)
    let floats = random.floats((pixels - 1) * width + channels, -9...9)
    let sums = (0..<channels).map { c in (0..<pixels).reduce(UInt32(0)) { $0 + UInt32(bytes[$1 * width + c]) } }
    let means = (0..<channels).map { c in
      Float((0..<pixels).reduce(0.0) { $0 + Double(floats[$1 * width + c]) } / Double(pixels))
    }
    let byteMeans = sums.map { Float((Double($0) / Double(pixels) - 77) * Double(Float(0.3))) }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let (byteInput, floatInput) = (GuardedBuffer(bytes), GuardedBuffer(floats))
      let byteOutput = GuardedBuffer(repeating: UInt32(7), count: channels)
      let floatOutput = GuardedBuffer(repeating: Float(7), count: channels)
      unsafe functions.pointee.sum_pixels_u8(pixels, channels, width, byteInput.pointer, byteOutput.pointer)
      unsafe functions.pointee.mean_pixels_f32(pixels, channels, width, floatInput.pointer, floatOutput.pointer)
      #expect(byteOutput.elements == sums, "\(isa)")
      #expect(floatOutput.elements == means, "\(isa)")
      let totals = GuardedBuffer(sums.map(Double.init))
      let meanOutput = GuardedBuffer(repeating: Float(7), count: channels)
      unsafe functions.pointee.means_of_sums(channels, totals.pointer, Double(pixels), 0.3, 77, meanOutput.pointer)
      #expect(meanOutput.elements == byteMeans, "\(isa)")
    }
  }
}
