import CMicrokernels
import Testing

@Suite struct DepthwiseF32Tests {
  /// The scalar result against double precision, all others equal to it, and nothing written behind the channels.
  private func check(_ random: inout SeededGenerator, _ geometry: Geometry, channels: Int) {
    let padded = (channels + 15) / 16 * 16
    let inputStride = channels + random.integer(0...5)
    let outputStride = channels + random.integer(0...5)
    let input = random.floats((geometry.inputPixels - 1) * inputStride + channels, -2...2)
    let weights = random.floats(geometry.taps * padded, -2...2)
    let bias = random.floats(padded, -2...2)
    let lower: Float = [-.infinity, -1][random.integer(0...1)]
    let upper: Float = [.infinity, 6][random.integer(0...1)]

    var first: [Float]?
    for unsafe kernel in unsafe KernelTables.depthwiseF32 {
      let inputs = GuardedBuffer(input)
      let weight = GuardedBuffer(weights)
      let biases = GuardedBuffer(bias)
      let output = GuardedBuffer(repeating: Float(-77), count: (geometry.outputPixels - 1) * outputStride + channels)
      let rows = geometry.batch * geometry.output[0]
      // All channels of half the rows, then those of the other half in two pieces.
      let middle = channels / 2 / Int(MK_DWCONV_BLOCK) * Int(MK_DWCONV_BLOCK)
      for (from, to, rows) in [(0, channels, 0..<rows / 2), (0, middle, rows / 2..<rows), (middle, channels, rows / 2..<rows)] {
        var conv = unsafe mk_dwconv_f32(
          geometry: geometry.c(inputStride: inputStride, outputStride: outputStride), channels: to - from,
          input: inputs.pointer + from, weights: weight.pointer + from, weights_stride: padded,
          bias: biases.pointer + from, output: output.pointer + from, lower: lower, upper: upper)
        unsafe kernel.run(&conv, rows.lowerBound, rows.upperBound)
      }
      let name = unsafe String(cString: kernel.name)
      if let first {
        #expect(output.elements == first, "\(name), \(geometry), C \(channels)")
      } else {
        first = output.elements
      }
    }
    guard let first else { return }
    for pixel in 0..<geometry.outputPixels {
      for channel in 0..<outputStride where pixel * outputStride + channel < first.count {
        let found = first[pixel * outputStride + channel]
        guard channel < channels else {
          #expect(found == -77)
          continue
        }
        var sum = Double(bias[channel])
        for tap in 0..<geometry.taps {
          guard let at = geometry.pixel(output: pixel, tap: tap) else { continue }
          sum += Double(input[at * inputStride + channel]) * Double(weights[tap * padded + channel])
        }
        let clamped = min(max(sum, Double(lower)), Double(upper))
        let bound = Double(geometry.taps + 1) * 0x1p-24 * Double(4 * geometry.taps + 2)
        #expect(abs(clamped - Double(found)) <= bound, "\(geometry), C \(channels)")
      }
    }
  }

  @Test(arguments: 1...70) func `every number of channels`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    var geometry = Geometry(&random, kernel: [3, 3], stride: [1, 1 + channels % 2], dilation: [1, 1])
    geometry.input[1] += 16
    geometry.output[1] += 16 / geometry.stride[1]
    check(&random, geometry, channels: channels)
  }

  @Test(arguments: 1...60) func `any window`(seed: Int) {
    var random = SeededGenerator(seed: 300 + seed)
    let geometry = Geometry(&random, kernel: [random.integer(1...5), random.integer(1...5)])
    check(&random, geometry, channels: random.integer(1...180))
  }
}
