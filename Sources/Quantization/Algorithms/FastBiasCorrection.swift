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
    let channels = ChannelIndex(shape: quantized.shape, axis: layer.channelAxis)
    let inputAxis = quantized.shape.rank == 4 ? 1 : 1 - layer.channelAxis
    let inputs = ChannelIndex(shape: quantized.shape, axis: inputAxis)
    let outputsOfGroup = max(layer.channelCount / max(layer.groups, 1), 1)
    var shifts = [Double](repeating: 0, count: layer.channelCount)
    for index in weights.indices {
      let output = channels(index)
      let input = output / outputsOfGroup * inputs.count + inputs(index)
      guard input < means.count else { continue }
      let scale = Double(quantized.parameters.scales[quantized.parameters.isPerTensor ? 0 : output])
      let error = Double(weights[index]) - Double(quantized.integers[index]) * scale
      shifts[output] += error * means[input]
    }
    return shifts
  }
}
