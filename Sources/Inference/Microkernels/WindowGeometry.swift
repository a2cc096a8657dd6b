internal import CMicrokernels

/// A window sliding over a batch of channels-last images, with the strides of input and output.
struct WindowGeometry: Hashable {
  var batch = 1
  var inputHeight = 1
  var inputWidth = 1
  var inputStride: Int
  var outputHeight = 1
  var outputWidth = 1
  var outputStride: Int
  var kernelHeight = 1
  var kernelWidth = 1
  var strideHeight = 1
  var strideWidth = 1
  var dilationHeight = 1
  var dilationWidth = 1
  var padTop = 0
  var padLeft = 0
  var padBottom = 0
  var padRight = 0

  /// The most taps that the microkernels of the matrix product take.
  static var maximumGEMMTaps: Int { mk_conv_max_taps() }

  var taps: Int { kernelHeight * kernelWidth }
  /// Output pixels over the whole batch.
  var outputPixels: Int { batch * outputHeight * outputWidth }
  /// Output rows over the whole batch.
  var outputRows: Int { batch * outputHeight }

  /// Whether output pixel i reads exactly input pixel i.
  var isPointwise: Bool {
    taps == 1 && strideHeight == 1 && strideWidth == 1 && padTop == 0 && padLeft == 0 && outputHeight == inputHeight
      && outputWidth == inputWidth
  }

  /// Multiplications of a convolution in which each of so many columns reads so many channels.
  func products(channels: Int, columns: Int) -> Double {
    Double(outputPixels) * Double(taps) * Double(channels) * Double(columns)
  }

  /// The geometry of a product of `rows` vectors with a matrix.
  static func matrix(rows: Int, inputStride: Int, outputStride: Int) -> WindowGeometry {
    WindowGeometry(
      inputWidth: rows, inputStride: inputStride, outputWidth: rows, outputStride: outputStride)
  }

  var native: mk_geometry {
    mk_geometry(
      batch: batch, input_height: inputHeight, input_width: inputWidth, input_stride: inputStride,
      output_height: outputHeight, output_width: outputWidth, output_stride: outputStride,
      kernel_height: kernelHeight, kernel_width: kernelWidth, stride_height: strideHeight, stride_width: strideWidth,
      dilation_height: dilationHeight, dilation_width: dilationWidth, pad_top: padTop, pad_left: padLeft)
  }
}
