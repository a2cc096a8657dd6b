/// The settings of a quantization.
public struct QuantizationConfiguration: Sendable, Hashable {
  /// How activations are mapped to integers.
  public var preset: QuantizationPreset
  /// How many calibration samples are used at most, 1 or more; of a larger set, samples at even distances.
  public var subsetSize: Int
  /// What stays in floating point.
  public var ignoredScope: IgnoredScope
  /// Whether sums of layers along shortcuts stay in floating point, so that errors of rounding do not add up there; nil
  /// takes what the preset allows time for: not with performance, but with mixed.
  public var sumsInFloat: Bool?
  /// How the range of an activation is chosen.
  public var rangeEstimator: RangeEstimator
  /// Whether each output channel of a weight has a scale of its own.
  public var hasPerChannelWeights: Bool
  /// Whether the channels of linear values are brought to one magnitude by factors that go into the weights.
  public var hasChannelScaling: Bool
  /// How the scale of a weight's channel is chosen: with the least squared error, or from its largest magnitude.
  public var searchesWeightScales: Bool
  /// Whether weights are rounded such that later ones make up for the errors of earlier ones.
  public var hasErrorFeedback: Bool
  /// How biases make up for rounding.
  public var biasCorrection: BiasCorrectionMethod
  /// How many samples are run layer by layer at most, for error feedback and sequential bias correction; 1 or more. Nil
  /// takes what the preset allows time for: 80 for performance, 160 for mixed.
  public var sequentialSubsetSize: Int?

  /// Makes settings; those left out take the defaults.
  public init(
    preset: QuantizationPreset = .performance, subsetSize: Int = 300, ignoredScope: IgnoredScope = IgnoredScope(),
    sumsInFloat: Bool? = nil, rangeEstimator: RangeEstimator = .mse, hasPerChannelWeights: Bool = true,
    hasChannelScaling: Bool = true,
    searchesWeightScales: Bool = true,
    hasErrorFeedback: Bool = true, biasCorrection: BiasCorrectionMethod = .sequential, sequentialSubsetSize: Int? = nil
  ) {
    self.preset = preset
    self.subsetSize = subsetSize
    self.ignoredScope = ignoredScope
    self.sumsInFloat = sumsInFloat
    self.rangeEstimator = rangeEstimator
    self.hasPerChannelWeights = hasPerChannelWeights
    self.hasChannelScaling = hasChannelScaling
    self.searchesWeightScales = searchesWeightScales
    self.hasErrorFeedback = hasErrorFeedback
    self.biasCorrection = biasCorrection
    self.sequentialSubsetSize = sequentialSubsetSize
  }

  /// How many samples are run layer by layer at most.
  var sequentialSamples: Int { sequentialSubsetSize ?? (preset == .mixed ? 160 : 80) }

  /// Whether sums stay in floating point.
  public var keepsSums: Bool { sumsInFloat ?? (preset == .mixed) }

  /// - Throws: `QuantizationError.invalidSetting` naming the first one that is out of its range.
  func validate() throws(QuantizationError) {
    guard subsetSize >= 1 else {
      throw QuantizationError(
        .invalidSetting, "a subset of \(subsetSize) samples is not possible", remedy: "use 1 or more, best about 300")
    }
    guard sequentialSamples >= 1 else {
      throw QuantizationError(
        .invalidSetting, "\(sequentialSamples) samples cannot be run layer by layer",
        remedy: "use 1 or more, best about 100")
    }
  }
}
