import Graphs
import Tensors

/// Maximum and average pooling.
///
/// Caffe rounds the number of windows up, and if there is padding leaves out a last window that starts behind the input
/// and the padding before it. An average is divided by the part of the window within input and padding.
enum CaffePooling: CaffeLayerConverter {
  static let types = ["Pooling"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.poolingParam
    let input = try builder.bottom()
    let shape = builder.shape(input)
    guard shape.rank == 4 else { throw layer.error(.invalidModel, "pools 4 axes, but the input is \(shape)") }
    guard parameters.pool != .stochastic else {
      throw layer.error(.unsupportedFeature, "pools stochastically, which is not supported")
    }
    let isMaximum = parameters.pool == .max
    if parameters.globalPooling {
      return builder.finish(try builder.apply(isMaximum ? "GlobalMaxPool" : "GlobalAveragePool", [input]))
    }
    let axes = try [
      Axis(
        layer, "height", input: shape[2], rounding: parameters.roundMode,
        kernel: parameters.hasKernelH ? parameters.kernelH : parameters.kernelSize,
        stride: parameters.hasStrideH ? parameters.strideH : parameters.stride,
        pad: parameters.hasPadH ? parameters.padH : parameters.pad),
      Axis(
        layer, "width", input: shape[3], rounding: parameters.roundMode,
        kernel: parameters.hasKernelW ? parameters.kernelW : parameters.kernelSize,
        stride: parameters.hasStrideW ? parameters.strideW : parameters.stride,
        pad: parameters.hasPadW ? parameters.padW : parameters.pad),
    ]
    let isPadded = axes.contains { $0.pad > 0 }
    let overhangs = try axes.map { axis throws(ModelFormatError) in try axis.overhang(layer, isPadded: isPadded) }
    var attributes: [String: AttributeValue] = [
      "kernel_shape": .integers(axes.map { Int64($0.kernel) }), "strides": .integers(axes.map { Int64($0.stride) }),
    ]
    let pads = axes.map(\.pad)
    guard !isMaximum else {
      // Padding never wins a maximum, so what a last window lacks is more of it.
      attributes["pads"] = .integers((pads + zip(pads, overhangs).map { max($0 + $1, 0) }).map(Int64.init))
      return builder.finish(try builder.apply("MaxPool", [input], attributes))
    }
    attributes["pads"] = .integers((pads + pads).map(Int64.init))
    if overhangs.contains(where: { $0 > 0 }) { attributes["ceil_mode"] = .integer(1) }
    if isPadded { attributes["count_include_pad"] = .integer(1) }
    builder.finish(try builder.apply("AveragePool", [input], attributes))
  }

  /// One spatial axis of a pooling.
  private struct Axis {
    let input, kernel, stride, pad: Int
    let rounding: CaffePoolingParameter.RoundMode

    init(
      _ layer: CaffeLayer, _ name: String, input: Int, rounding: CaffePoolingParameter.RoundMode, kernel: UInt32,
      stride: UInt32, pad: UInt32
    ) throws(ModelFormatError) {
      guard kernel > 0, stride > 0, pad < kernel, Int(kernel) <= input + 2 * Int(pad) else {
        throw layer.error(
          .invalidModel,
          "a window of \(kernel) with stride \(stride) and pad \(pad) does not fit a \(name) of \(input)",
          remedy: "correct kernel_size, stride or pad")
      }
      self.input = input
      self.rounding = rounding
      self.kernel = Int(kernel)
      self.stride = Int(stride)
      self.pad = Int(pad)
    }

    /// By how much the last window reaches beyond input and padding; negative if it ends before.
    func overhang(_ layer: CaffeLayer, isPadded: Bool) throws(ModelFormatError) -> Int {
      let room = input + 2 * pad - kernel
      var count = room / stride + 1
      if rounding == .ceil, room % stride != 0 { count += 1 }
      if isPadded, (count - 1) * stride >= input + pad { count -= 1 }
      guard (count - 1) * stride - pad < input else {
        throw layer.error(
          .unsupportedFeature, "the last window lies outside of the input", remedy: "use a stride up to the kernel size"
        )
      }
      return (count - 1) * stride + kernel - input - 2 * pad
    }
  }
}
