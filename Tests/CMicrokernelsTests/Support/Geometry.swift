import CMicrokernels

/// A window over images, and which input pixel each of its taps reads.
struct Geometry {
  var batch = 1
  var input = [1, 1]
  var output = [1, 1]
  var kernel = [1, 1]
  var stride = [1, 1]
  var dilation = [1, 1]
  var pads = [0, 0]
  var padsAfter = [0, 0]

  var taps: Int { kernel[0] * kernel[1] }
  var inputPixels: Int { batch * input[0] * input[1] }
  var outputPixels: Int { batch * output[0] * output[1] }

  /// A random one; the output has at least one pixel.
  init(_ random: inout SeededGenerator, kernel: [Int]? = nil, stride: [Int]? = nil, dilation: [Int]? = nil) {
    batch = random.integer(1...2)
    self.kernel = kernel ?? [random.integer(1...3), random.integer(1...4)]
    self.stride = stride ?? [random.integer(1...3), random.integer(1...2)]
    self.dilation = dilation ?? [random.integer(1...2), random.integer(1...2)]
    for axis in 0..<2 {
      let extent = (self.kernel[axis] - 1) * self.dilation[axis] + 1
      pads[axis] = random.integer(0...max(extent - 1, 0))
      padsAfter[axis] = random.integer(0...max(extent - 1, 0))
      let least = max(extent - pads[axis] - padsAfter[axis], 1)
      input[axis] = random.integer(least...least + 9)
      output[axis] = (input[axis] + pads[axis] + padsAfter[axis] - extent) / self.stride[axis] + 1
    }
  }

  /// One row of pixels and no window: a matrix.
  init(rows: Int) {
    input = [1, rows]
    output = [1, rows]
  }

  /// The input pixel under a tap of an output pixel, or nil in the padding.
  func pixel(output pixel: Int, tap: Int) -> Int? {
    let at = [pixel / output[1] % output[0], pixel % output[1]]
    let k = [tap / kernel[1], tap % kernel[1]]
    let position = (0..<2).map { at[$0] * stride[$0] - pads[$0] + k[$0] * dilation[$0] }
    guard (0..<2).allSatisfy({ (0..<input[$0]).contains(position[$0]) }) else { return nil }
    return (pixel / (output[0] * output[1]) * input[0] + position[0]) * input[1] + position[1]
  }

  func c(inputStride: Int, outputStride: Int) -> mk_geometry {
    mk_geometry(
      batch: batch, input_height: input[0], input_width: input[1], input_stride: inputStride, output_height: output[0],
      output_width: output[1], output_stride: outputStride, kernel_height: kernel[0], kernel_width: kernel[1],
      stride_height: stride[0], stride_width: stride[1], dilation_height: dilation[0], dilation_width: dilation[1],
      pad_top: pads[0], pad_left: pads[1])
  }
}
