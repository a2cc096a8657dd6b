import CMicrokernels
import Testing

/// Planes to pixels and back.
@Suite struct LayoutTests {
  @Test(arguments: 1...40) func `planes and pixels`(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let channels = [1, 3, 3, 4, random.integer(1...40)][seed % 5]
    let width = [channels, (channels + 3) / 4 * 4, channels + random.integer(0...5)][seed / 5 % 3]
    let pixels = [random.integer(1...70), random.integer(250...600)][seed % 2]
    let plane = pixels + [0, random.integer(1...90)][seed / 3 % 2]
    let planes = random.floats((channels - 1) * plane + pixels, -9...9)
    let count = (pixels - 1) * width + channels
    func interleaved<T>(_ canary: T, _ element: (Float) -> T) -> [T] {
      (0..<count).map { $0 % width < channels ? element(planes[$0 % width * plane + $0 / width]) : canary }
    }
    let floats = interleaved(-77) { $0 }
    let bytes = interleaved(0xA5) { UInt8(min(max(($0 / 0.05).rounded(.toNearestOrEven) + 100, 0), 255)) }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let input = GuardedBuffer(planes)
      let floatOutput = GuardedBuffer(repeating: Float(-77), count: count)
      unsafe functions.pointee.planes_to_pixels_f32(
        pixels, channels, plane, input.pointer, width, floatOutput.pointer)
      #expect(floatOutput.elements == floats, "\(isa)")
      let byteOutput = GuardedBuffer(repeating: UInt8(0xA5), count: count)
      unsafe functions.pointee.planes_to_pixels_u8(
        pixels, channels, plane, input.pointer, 0.05, 100, width, byteOutput.pointer)
      #expect(byteOutput.elements == bytes, "\(isa)")
      let back = GuardedBuffer(repeating: Float(-77), count: pixels * channels)
      unsafe functions.pointee.pixels_to_planes_f32(pixels, channels, width, floatOutput.pointer, back.pointer)
      #expect(back.elements == (0..<channels).flatMap { planes[$0 * plane..<$0 * plane + pixels] }, "\(isa)")
    }
  }
}
