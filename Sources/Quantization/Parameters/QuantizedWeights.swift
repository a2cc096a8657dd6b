import Tensors

/// Weights as integers of -127 ... 127, with one scale an output channel or one for all.
///
/// Symmetric with zero point 0 and narrow range. A channel whose largest magnitude lies below a hundredth of the largest
/// of all channels, or below 8e-5, takes that bound instead, so that no scale is 0 (NNCF's treatment of zero filters).
struct QuantizedWeights {
  let shape: Shape
  /// In the order of the tensor.
  let integers: [Int8]
  let parameters: QuantizationParameters
  /// The axis of the output channels.
  let axis: Int

  /// How the scale of a channel is chosen.
  enum ScaleChoice: Sendable {
    /// The largest magnitude becomes 127.
    case largest
    /// Of bounds from the largest magnitude down to 7 tenths of it, the one with the least sum of squared errors.
    case leastSquares
  }

  private static let fractions = stride(from: 100, through: 70, by: -2).map { Float($0) / 100 }

  /// - Throws: `TensorError.invalidQuantization` if a weight is infinite.
  init(
    _ weights: Tensor, axis: Int, isPerChannel: Bool, scales choice: ScaleChoice = .largest
  ) throws(TensorError) {
    let values = weights.floats
    let runs = ChannelRuns(shape: weights.shape, axis: axis)
    var largest = [Float](repeating: 0, count: isPerChannel ? runs.channelCount : 1)
    runs.forEach { channel, range in
      var found: Float = 0
      for index in range { found = max(found, abs(values[index])) }
      largest[isPerChannel ? channel : 0] = max(largest[isPerChannel ? channel : 0], found)
    }
    var scales = Self.bounds(largest).map { Float($0 / 127) }
    if choice == .leastSquares {
      scales = Self.leastSquares(values, runs, scales, isPerChannel: isPerChannel)
    }
    parameters = try QuantizationParameters(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: isPerChannel ? axis : nil, elementType: .int8)
    var integers = [Int8](repeating: 0, count: values.count)
    runs.forEach { channel, range in
      let scale = scales[isPerChannel ? channel : 0]
      for index in range { integers[index] = Int8(Self.level(values[index] / scale)) }
    }
    self.integers = integers
    shape = weights.shape
    self.axis = axis
  }

  private init(_ other: QuantizedWeights, integers: [Int8]) {
    shape = other.shape
    self.integers = integers
    parameters = other.parameters
    axis = other.axis
  }

  /// The same scales with other integers, which are as many.
  func replacing(_ integers: [Int8]) -> QuantizedWeights { QuantizedWeights(self, integers: integers) }

  /// The upper bounds of the channels' ranges.
  static func bounds(_ largest: [Float]) -> [Double] {
    let least = max(0.01 * Double(largest.max() ?? 0), 8e-5)
    return largest.map { max(Double($0), least) }
  }

  @inline(__always)
  private static func level(_ quotient: Float) -> Float {
    // Numbers of at most 2^22 lose their fraction in the sum, halves to even; there is no call for that.
    let level = abs(quotient) < 0x1p22 ? (quotient + 0x1.8p23) - 0x1.8p23 : quotient
    return level > -127 ? (level < 127 ? level : 127) : -127
  }

  private static func leastSquares(
    _ values: [Float], _ runs: ChannelRuns, _ full: [Float], isPerChannel: Bool
  ) -> [Float] {
    var best = full
    var least = [Double](repeating: .infinity, count: full.count)
    for fraction in fractions {
      var errors = [Double](repeating: 0, count: full.count)
      runs.forEach { channel, range in
        let scale = full[isPerChannel ? channel : 0] * fraction
        var sum: Float = 0
        for index in range {
          let error = level(values[index] / scale) * scale - values[index]
          sum += error * error
        }
        errors[isPerChannel ? channel : 0] += Double(sum)
      }
      for channel in full.indices where errors[channel] < least[channel] {
        least[channel] = errors[channel]
        best[channel] = full[channel] * fraction
      }
    }
    return best
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
