import Graphs
import Tensors

/// The shift that rounding its weights gives a layer's mean output, from the mean inputs of the floating-point network.
///
/// For output channel o, the sum over its weights k of (W - Wq)[o, k] * E[x_k] is added to the bias; E[x_k] is the mean
/// of the input channel that the weight multiplies. That is exact where every weight meets every position equally often,
/// so but for padding. Depthwise layers are corrected like all others.
enum FastBiasCorrection {
  /// What to add to the bias of each output channel.
  ///
  /// - Parameters:
  ///   - weights: the weights as the quantized layer multiplies them if they were not rounded.
  ///   - means: the mean of each channel of the layer's input.
  static func shifts(
    _ layer: WeightedLayer, weights: [Float], quantized: QuantizedWeights, means: [Double]
  ) -> [Double] {
    let (shape, strides) = (quantized.shape, quantized.shape.rowMajorStrides)
    let inputAxis = shape.rank == 4 ? 1 : 1 - layer.channelAxis
    let (inputCount, taps) = (shape[inputAxis], shape.dimensions.dropFirst(2).reduce(1, *))
    let outputsOfGroup = max(layer.channelCount / max(layer.groups, 1), 1)
    let scales = quantized.parameters.scales
    var shifts = [Double](repeating: 0, count: layer.channelCount)
    for output in 0..<layer.channelCount {
      let scale = Double(scales[quantized.parameters.isPerTensor ? 0 : output])
      for input in 0..<inputCount {
        let channel = output / outputsOfGroup * inputCount + input
        guard channel < means.count else { continue }
        let start = output * strides[layer.channelAxis] + input * strides[inputAxis]
        var error = 0.0
        for index in start..<start + taps {
          error += Double(weights[index]) - Double(quantized.integers[index]) * scale
        }
        shifts[output] += error * means[channel]
      }
    }
    return shifts
  }
}
