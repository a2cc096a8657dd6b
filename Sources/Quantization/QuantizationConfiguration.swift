/// The settings of a quantization.
public struct QuantizationConfiguration: Sendable, Hashable {
  /// How activations are mapped to integers.
  public var preset: QuantizationPreset
  /// How many calibration samples are used at most, 1 or more; of a larger set, samples at even distances.
  public var subsetSize: Int
  /// What stays in floating point.
  public var ignoredScope: IgnoredScope
  /// How the range of an activation is chosen.
  public var rangeEstimator: RangeEstimator
  /// Whether each output channel of a weight has a scale of its own.
  public var hasPerChannelWeights: Bool
  /// How biases make up for rounding.
  public var biasCorrection: BiasCorrectionMethod
  /// How many samples the sequential bias correction runs at most, 1 or more.
  public var biasCorrectionSubsetSize: Int

  /// Makes settings; those left out take the defaults.
  public init(
    preset: QuantizationPreset = .performance, subsetSize: Int = 300, ignoredScope: IgnoredScope = IgnoredScope(),
    rangeEstimator: RangeEstimator = .mse, hasPerChannelWeights: Bool = true,
    biasCorrection: BiasCorrectionMethod = .sequential, biasCorrectionSubsetSize: Int = 64
  ) {
    self.preset = preset
    self.subsetSize = subsetSize
    self.ignoredScope = ignoredScope
    self.rangeEstimator = rangeEstimator
    self.hasPerChannelWeights = hasPerChannelWeights
    self.biasCorrection = biasCorrection
    self.biasCorrectionSubsetSize = biasCorrectionSubsetSize
  }

  /// - Throws: `QuantizationError.invalidSetting` naming the first one that is out of its range.
  func validate() throws(QuantizationError) {
    guard subsetSize >= 1 else {
      throw QuantizationError(
        .invalidSetting, "a subset of \(subsetSize) samples is not possible", remedy: "use 1 or more, best about 300")
    }
    guard biasCorrectionSubsetSize >= 1 else {
      throw QuantizationError(
        .invalidSetting, "a bias correction on \(biasCorrectionSubsetSize) samples is not possible",
        remedy: "use 1 or more, best about 64")
    }
  }
}
