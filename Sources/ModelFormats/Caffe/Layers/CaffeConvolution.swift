import Graphs
import Tensors

/// Convolution, grouped and dilated too; its output extent is rounded down, as that of ONNX Conv.
enum CaffeConvolution: CaffeLayerConverter {
  static let types = ["Convolution", "DepthwiseConvolution", "ConvolutionDepthwise"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require()
    let parameters = layer.parameter.convolutionParam
    let input = try builder.bottom()
    let shape = builder.shape(input)
    guard shape.rank >= 3, parameters.axis == 1 || parameters.axis == 1 - Int32(shape.rank) else {
      throw layer.error(
        .unsupportedFeature, "convolves \(shape) from axis \(parameters.axis) on, which is not supported")
    }
    let rank = shape.rank - 2
    let (outputs, group) = (Int(parameters.numOutput), Int(parameters.group))
    let kernel = try spatial(
      parameters.kernelSize, parameters.hasKernelH, parameters.kernelH, parameters.hasKernelW, parameters.kernelW,
      "kernel_size", rank, standard: nil, layer)
    let strides = try spatial(
      parameters.stride, parameters.hasStrideH, parameters.strideH, parameters.hasStrideW, parameters.strideW,
      "stride", rank, standard: 1, layer)
    let pads = try spatial(
      parameters.pad, parameters.hasPadH, parameters.padH, parameters.hasPadW, parameters.padW, "pad", rank,
      standard: 0, layer)
    let dilations = try spatial(parameters.dilation, false, 0, false, 0, "dilation", rank, standard: 1, layer)
    guard outputs > 0, group > 0, outputs % group == 0, shape[1] % group == 0 else {
      throw layer.error(
        .invalidModel, "\(shape[1]) channels cannot be convolved to \(outputs) in \(group) groups",
        remedy: "correct num_output or group")
    }
    let blobs = try builder.blobs(parameters.biasTerm ? 2 : 1, of: layer)
    let weights = try blobs[0].tensor([outputs, shape[1] / group] + kernel, "weights", of: layer)
    var inputs = [input, builder.constant(weights, "weights")]
    if parameters.biasTerm {
      inputs.append(builder.constant(try blobs[1].tensor([outputs], "bias", of: layer), "bias"))
    }
    builder.finish(
      try builder.apply(
        "Conv", inputs,
        [
          "kernel_shape": .integers(kernel.map(Int64.init)), "strides": .integers(strides.map(Int64.init)),
          "pads": .integers((pads + pads).map(Int64.init)), "dilations": .integers(dilations.map(Int64.init)),
          "group": .integer(Int64(group)),
        ]))
  }

  /// A setting for each spatial axis, given once for all, once for each, or as height and width.
  private static func spatial(
    _ list: [UInt32], _ hasHeight: Bool, _ height: UInt32, _ hasWidth: Bool, _ width: UInt32, _ name: String,
    _ rank: Int, standard: Int?, _ layer: CaffeLayer
  ) throws(ModelFormatError) -> [Int] {
    if hasHeight || hasWidth {
      guard list.isEmpty, rank == 2, hasHeight && hasWidth || standard != nil else {
        throw layer.error(
          .invalidModel, "\(name) is given both for all axes and for one, or not for each", remedy: "give it one way")
      }
      return [hasHeight ? Int(height) : standard ?? 0, hasWidth ? Int(width) : standard ?? 0]
    }
    if list.count == rank { return list.map { Int($0) } }
    if let only = list.first, list.count == 1 { return Array(repeating: Int(only), count: rank) }
    guard let standard, list.isEmpty else {
      throw layer.error(
        .invalidModel, "\(name) has \(list.count) numbers for \(rank) axes", remedy: "give one number, or one for each")
    }
    return Array(repeating: standard, count: rank)
  }
}
