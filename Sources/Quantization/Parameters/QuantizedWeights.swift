import Tensors

/// Weights as integers of -127 ... 127, with one scale an output channel or one for all.
///
/// Symmetric with zero point 0 and narrow range. A channel whose largest magnitude lies below a hundredth of the largest
/// of all channels, or below 8e-5, takes that bound instead, so that no scale is 0 (NNCF's treatment of zero filters).
struct QuantizedWeights {
  let shape: Shape
  let integers: [Int8]
  let parameters: QuantizationParameters
  /// The axis of the output channels.
  let axis: Int

  /// - Throws: `TensorError.invalidQuantization` if a weight is infinite.
  init(_ weights: Tensor, axis: Int, isPerChannel: Bool) throws(TensorError) {
    let values = weights.floats
    let runs = ChannelRuns(shape: weights.shape, axis: axis)
    var largest = [Float](repeating: 0, count: isPerChannel ? runs.channelCount : 1)
    runs.forEach { channel, range in
      var found: Float = 0
      for index in range { found = max(found, abs(values[index])) }
      largest[isPerChannel ? channel : 0] = max(largest[isPerChannel ? channel : 0], found)
    }
    let scales = Self.bounds(largest).map { Float($0 / 127) }
    parameters = try QuantizationParameters(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: isPerChannel ? axis : nil, elementType: .int8)
    var integers = [Int8](repeating: 0, count: values.count)
    runs.forEach { channel, range in
      let scale = scales[isPerChannel ? channel : 0]
      for index in range {
        let quotient = (values[index] / scale).rounded(.toNearestOrEven)
        integers[index] = Int8(quotient > -127 ? (quotient < 127 ? quotient : 127) : -127)
      }
    }
    self.integers = integers
    shape = weights.shape
    self.axis = axis
  }

  /// The upper bounds of the channels' ranges.
  static func bounds(_ largest: [Float]) -> [Double] {
    let least = max(0.01 * Double(largest.max() ?? 0), 8e-5)
    return largest.map { max(Double($0), least) }
  }

  /// The numbers that the integers stand for.
  var reals: [Float] {
    var reals = [Float](repeating: 0, count: integers.count)
    ChannelRuns(shape: shape, axis: axis).forEach { channel, range in
      let scale = parameters.scales[parameters.isPerTensor ? 0 : channel]
      for index in range { reals[index] = Float(integers[index]) * scale }
    }
    return reals
  }
}

/// The elements of a tensor in row-major order as runs that have one index along an axis.
private struct ChannelRuns {
  let channelCount: Int
  private let outer: Int
  private let inner: Int

  init(shape: Shape, axis: Int) {
    channelCount = max(shape[axis], 1)
    inner = max(shape.rowMajorStrides[axis], 1)
    outer = shape.elementCount / (channelCount * inner)
  }

  func forEach(_ body: (_ channel: Int, _ elements: Range<Int>) -> Void) {
    for block in 0..<outer {
      for channel in 0..<channelCount {
        let start = (block * channelCount + channel) * inner
        body(channel, start..<start + inner)
      }
    }
  }
}
