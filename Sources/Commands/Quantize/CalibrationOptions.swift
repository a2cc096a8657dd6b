import CommandLanguage
import Quantization

/// The words of `calibrate` for settings of the quantization.
enum CalibrationOptions {
  /// The estimators by name.
  static let ranges: [(name: String, estimator: RangeEstimator)] = RangeEstimator.allCases.map { ($0.rawValue, $0) }

  /// The algorithms that can be left out.
  static let algorithms = [
    ChoiceWord("channelScaling", "bringing the channels of linear values to one magnitude"),
    ChoiceWord("errorFeedback", "rounding weights such that later ones make up for the errors of earlier ones"),
    ChoiceWord("biasCorrection", "shifting biases so that mean outputs stay"),
    ChoiceWord("floatSums", "keeping sums along shortcuts in floating point, as preset mixed does"),
    ChoiceWord("weightScales", "choosing the weights' scales with the least squared error"),
  ]

  /// The settings that a statement asks for.
  static func configuration(_ arguments: BoundCommand, subsetSize: Int) -> QuantizationConfiguration {
    let without = Set(arguments.choices("without"))
    return QuantizationConfiguration(
      preset: arguments.choice("preset").flatMap(QuantizationPreset.init(rawValue:)) ?? .performance,
      subsetSize: subsetSize, ignoredScope: IgnoredScope(entries: arguments.strings("ignore")),
      sumsInFloat: without.contains("floatSums") ? false : nil,
      rangeEstimator: arguments.choice("ranges").flatMap(RangeEstimator.init(rawValue:)) ?? .mse,
      hasChannelScaling: !without.contains("channelScaling"), searchesWeightScales: !without.contains("weightScales"),
      hasErrorFeedback: !without.contains("errorFeedback"),
      biasCorrection: without.contains("biasCorrection") ? .none : .sequential)
  }

  /// How weights and activations are quantized, in words.
  static func scheme(_ configuration: QuantizationConfiguration) -> String {
    let activations = configuration.preset == .performance ? "symmetric" : "asymmetric"
    var parts = [
      "weights symmetric, one scale a channel",
      "activations \(activations), ranges by \(configuration.rangeEstimator.rawValue)",
    ]
    if configuration.keepsSums { parts.append("sums in floating point") }
    if configuration.hasChannelScaling { parts.append("channels scaled") }
    if configuration.searchesWeightScales { parts.append("weight scales by least squares") }
    if configuration.hasErrorFeedback { parts.append("rounding with error feedback") }
    if configuration.biasCorrection != .none {
      parts.append("\(configuration.biasCorrection.rawValue) bias correction")
    }
    return parts.joined(separator: "; ")
  }
}
