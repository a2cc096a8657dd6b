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

  /// - Throws: `TensorError` if a weight is not a finite number.
  init(_ weights: Tensor, axis: Int, isPerChannel: Bool) throws(TensorError) {
    let values = weights.floats
    let channels = ChannelIndex(shape: weights.shape, axis: axis)
    var largest = [Float](repeating: 0, count: isPerChannel ? channels.count : 1)
    for (index, value) in values.enumerated() {
      let channel = isPerChannel ? channels(index) : 0
      largest[channel] = max(largest[channel], abs(value))
    }
    let scales = Self.bounds(largest).map { Float($0 / 127) }
    parameters = try QuantizationParameters(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: isPerChannel ? axis : nil, elementType: .int8)
    integers = values.enumerated().map { index, value in
      let quotient = (value / scales[isPerChannel ? channels(index) : 0]).rounded(.toNearestOrEven)
      return Int8(min(max(quotient, -127), 127))
    }
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
    let channels = ChannelIndex(shape: shape, axis: axis)
    return integers.enumerated().map { index, integer in
      Float(integer) * parameters.scales[parameters.isPerTensor ? 0 : channels(index)]
    }
  }
}

/// Which index along an axis an element has, by its place in row-major order.
struct ChannelIndex {
  let count: Int
  private let inner: Int

  init(shape: Shape, axis: Int) {
    count = max(shape[axis], 1)
    inner = max(shape.rowMajorStrides[axis], 1)
  }

  func callAsFunction(_ element: Int) -> Int { element / inner % count }
}
