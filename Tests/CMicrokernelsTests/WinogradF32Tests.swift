import CMicrokernels
import Testing

@Suite struct WinogradF32Tests {
  /// The whole convolution by tiles of a side: transformed, multiplied in the order of the channels, transformed back.
  private func convolve(
    _ kernel: mk_winograd_f32_kernel, _ conv: inout mk_winograd_f32, packed: [Float], tiles: Int, blocks: Int
  ) {
    let side = unsafe Int(kernel.tile) + 2
    let channels = unsafe conv.channels
    let columns = unsafe conv.columns
    for block in 0..<blocks {
      let range = tiles * block / blocks..<tiles * (block + 1) / blocks
      guard !range.isEmpty else { continue }
      let pixels = GuardedBuffer(repeating: Float(0), count: side * side * range.count * channels)
      unsafe kernel.transform_input(&conv, range.lowerBound, range.upperBound, pixels.pointer)
      let transformed = pixels.elements
      var products = [Float](repeating: 0, count: side * side * range.count * columns)
      for position in 0..<side * side {
        for tile in 0..<range.count {
          for column in 0..<columns {
            var sum: Float = 0
            for channel in 0..<channels {
              // With panels of one column, the packed weights are [position][column][1 + channels].
              let weight = packed[(position * columns + column) * (1 + channels) + 1 + channel]
              sum.addProduct(transformed[(position * range.count + tile) * channels + channel], weight)
            }
            products[(position * range.count + tile) * columns + column] = sum
          }
        }
      }
      let m = GuardedBuffer(products)
      unsafe kernel.transform_output(&conv, range.lowerBound, range.upperBound, m.pointer)
    }
  }

  /// All instruction sets give the scalar result, and that is near the convolution in double precision.
  @Test(arguments: 1...40) func `transforms around products make a convolution`(seed: Int) throws {
    var random = SeededGenerator(seed: 900 + seed)
    let geometry = Geometry(&random, kernel: [3, 3], stride: [1, 1], dilation: [1, 1])
    let channels = random.integer(1...40)
    let columns = random.integer(1...40)
    let inputStride = channels + random.integer(0...3)
    let outputStride = columns + random.integer(0...3)
    let input = random.floats((geometry.inputPixels - 1) * inputStride + channels, -2...2)
    let weights = random.floats(columns * channels * 9, -1...1)
    let bias = random.floats(columns, -2...2)
    let residual = random.floats((geometry.outputPixels - 1) * outputStride + columns, -2...2)
    let hasResidual = random.integer(0...1) == 1
    let lower: Float = [-.infinity, 0][random.integer(0...1)]
    let upper: Float = [.infinity, 6][random.integer(0...1)]
    let output = geometry.output

    for tile in [2, 4] {
      let tiles = geometry.batch * ((output[0] + tile - 1) / tile) * ((output[1] + tile - 1) / tile)
      var packed = [Float](repeating: -7, count: mk_winograd_f32_packed_floats(tile, 1, channels, columns))
      unsafe mk_winograd_f32_pack(tile, 1, channels, columns, weights, &packed)
      var first: [Float]?
      for unsafe kernel in unsafe KernelTables.winogradF32 where unsafe Int(kernel.tile) == tile {
        let inputs = GuardedBuffer(input)
        let biases = GuardedBuffer(bias)
        let residuals = GuardedBuffer(residual)
        let outputs = GuardedBuffer(
          repeating: Float(-77), count: (geometry.outputPixels - 1) * outputStride + columns)
        var conv = unsafe mk_winograd_f32(
          geometry: geometry.c(inputStride: inputStride, outputStride: outputStride), channels: channels,
          columns: columns, input: inputs.pointer, bias: biases.pointer,
          residual: hasResidual ? UnsafePointer(residuals.pointer) : nil, residual_stride: outputStride,
          output: outputs.pointer, lower: lower, upper: upper)
        unsafe convolve(kernel, &conv, packed: packed, tiles: tiles, blocks: 1 + seed % 3)
        if let first {
          #expect(outputs.elements == first, "\(unsafe String(cString: kernel.name)), \(geometry)")
        } else {
          first = outputs.elements
        }
      }
      let found = try #require(first)
      for pixel in 0..<geometry.outputPixels {
        for column in 0..<outputStride where pixel * outputStride + column < found.count {
          let y = found[pixel * outputStride + column]
          guard column < columns else {
            #expect(y == -77)
            continue
          }
          var sum = Double(bias[column])
          for tap in 0..<9 {
            guard let at = geometry.pixel(output: pixel, tap: tap) else { continue }
            for channel in 0..<channels {
              sum +=
                Double(input[at * inputStride + channel]) * Double(weights[(column * channels + channel) * 9 + tap])
            }
          }
          if hasResidual { sum += Double(residual[pixel * outputStride + column]) }
          let expected = min(max(sum, Double(lower)), Double(upper))
          // Transformed numbers are up to 100 (10 each way) times larger than pixels and weigh up to 8 * 8 in the result.
          let bound = Double(channels) * (tile == 4 ? 2e-4 : 2e-5)
          #expect(abs(Double(y) - expected) <= bound, "\(tile), \(geometry), C \(channels), N \(columns)")
        }
      }
    }
  }
}
