import CMicrokernels
import Foundation
import Testing

/// Loops over floats, each against its formula.
@Suite struct FloatFunctionTests {
  private static let counts = Array(0...70) + [1000]

  private func clamped(_ x: Float, _ lower: Float, _ upper: Float) -> Float {
    x.isNaN ? x : Swift.min(Swift.max(x, lower), upper)
  }

  private func bits(_ x: [Float]) -> [UInt32] { x.map { $0.isNaN ? Float.nan.bitPattern : $0.bitPattern } }

  @Test(arguments: counts) func `add, multiply and clamp`(count: Int) {
    var random = SeededGenerator(seed: 1 + count)
    var (a, b) = (random.floats(count, -9...9), random.floats(count, -9...9))
    for index in stride(from: 0, to: count, by: 7) { a[index] = [Float.nan, .infinity, -.infinity][index % 3] }
    if count > 1 { b[count - 1] = .nan }
    let lower: Float = [-.infinity, -1][count % 2]
    let upper: Float = [.infinity, 6][count / 2 % 2]
    for unsafe functions in unsafe KernelTables.vectors {
      let (inputA, inputB) = (GuardedBuffer(a), GuardedBuffer(b))
      let output = GuardedBuffer(repeating: Float(-77), count: count)
      unsafe functions.pointee.add_f32(count, inputA.pointer, inputB.pointer, lower, upper, output.pointer)
      #expect(bits(output.elements) == bits(zip(a, b).map { clamped($0 + $1, lower, upper) }))
      unsafe functions.pointee.multiply_f32(count, inputA.pointer, inputB.pointer, lower, upper, output.pointer)
      #expect(bits(output.elements) == bits(zip(a, b).map { clamped($0 * $1, lower, upper) }))
      unsafe functions.pointee.clamp_f32(count, inputA.pointer, lower, upper, output.pointer)
      #expect(bits(output.elements) == bits(a.map { clamped($0, lower, upper) }))
    }
  }

  @Test(arguments: 1...40) func `scale channels`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let pixels = [random.integer(1...5), random.integer(60...140)][channels % 2]
    let (width, outputWidth) = (channels + random.integer(0...5), channels + random.integer(0...5))
    let x = random.floats((pixels - 1) * width + channels, -9...9)
    let (scale, bias) = (random.floats(channels, -2...2), random.floats(channels, -2...2))
    let expected = (0..<(pixels - 1) * outputWidth + channels).map { index in
      let (pixel, c) = (index / outputWidth, index % outputWidth)
      return c < channels ? clamped(bias[c].addingProduct(x[pixel * width + c], scale[c]), -1, 6) : -77
    }
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let (input, scales, biases) = (GuardedBuffer(x), GuardedBuffer(scale), GuardedBuffer(bias))
      let output = GuardedBuffer(repeating: Float(-77), count: expected.count)
      unsafe functions.pointee.scale_channels_f32(
        pixels, channels, width, input.pointer, scales.pointer, biases.pointer, -1, 6, outputWidth, output.pointer)
      #expect(output.elements == expected, "\(isa)")
    }
  }

  @Test(arguments: Array(1...70) + [1000]) func `softmax within eight units in the last place`(count: Int) {
    var random = SeededGenerator(seed: count)
    let reach: Float = [1, 20, 200][count % 3]
    var x = random.floats(count, -reach...reach)
    if count > 3 { x[count / 2] = -.infinity }
    let greatest = x.max() ?? 0
    let exponentials = x.map { exp(Double($0 - greatest)) }  // the difference is rounded to a float
    let sum = exponentials.reduce(0, +)
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let input = GuardedBuffer(x)
      let output = GuardedBuffer(repeating: Float(-77), count: count)
      unsafe functions.pointee.softmax_f32(count, input.pointer, output.pointer)
      for (found, expected) in zip(output.elements, exponentials) where expected / sum > 1e-36 || found != 0 {
        #expect(distance(found, Float(expected / sum)) <= 8, "\(isa)")
      }
    }
  }

  @Test(arguments: 1...40) func `local response normalization`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let (pixels, width, size) = (random.integer(1...3), channels + random.integer(0...5), random.integer(1...6))
    let x = random.floats((pixels - 1) * width + channels, -9...9)
    let beta: Float = [0.75, 0.5, 0.6][channels % 3]
    for unsafe functions in unsafe KernelTables.vectors {
      let isa = unsafe functions.pointee.isa
      let input = GuardedBuffer(x)
      let output = GuardedBuffer(repeating: Float(-77), count: x.count)
      unsafe functions.pointee.lrn_f32(pixels, channels, width, input.pointer, size, 0.3, beta, 1.5, output.pointer)
      for (index, found) in output.elements.enumerated() {
        let c = index % width
        guard c < channels else {
          #expect(found == -77)
          continue
        }
        let window = max(0, c - (size - 1) / 2)...min(channels - 1, c + size / 2)
        let squares = window.reduce(0.0) { $0 + Double(x[index - c + $1]) * Double(x[index - c + $1]) }
        let expected = Double(x[index]) / pow(1.5 + Double(Float(0.3)) / Double(size) * squares, Double(beta))
        #expect(distance(found, Float(expected)) <= 8, "\(isa) \(beta)")
      }
    }
  }

  @Test(arguments: Array(1...70) + [1000]) func `range`(count: Int) {
    var random = SeededGenerator(seed: count)
    var x = random.floats(count, -9...9)
    for index in stride(from: count % 5, to: count, by: 5) where count % 4 != 0 { x[index] = .nan }
    for unsafe functions in unsafe KernelTables.vectors {
      let input = GuardedBuffer(x)
      var (least, greatest): (Float, Float) = (0, 0)
      unsafe functions.pointee.range_f32(count, input.pointer, &least, &greatest)
      #expect(least == x.filter { !$0.isNaN }.min() ?? .infinity)
      #expect(greatest == x.filter { !$0.isNaN }.max() ?? -.infinity)
    }
  }
}
