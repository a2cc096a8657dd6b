import Tensors

/// How the range of an activation is chosen from what was seen of it.
///
/// A new estimator is one file in this folder and one case here.
public enum RangeEstimator: String, Sendable, Hashable, CaseIterable {
  /// The least and the largest number of all samples.
  case minMax = "minmax"
  /// The mean over samples of each sample's least and largest number.
  case meanMinMax = "meanMinmax"
  /// The median over samples of each sample's least and largest number.
  case medianMinMax = "medianMinmax"
  /// The mean over samples of each sample's least and largest number, but for the outermost samples.
  case noOutliers
  /// The range that one number in ten thousand lies below, and one above.
  case quantile
  /// The range that changes the distribution least, by Kullback-Leibler divergence.
  case kl
  /// The range whose rounding and clipping errors have the least sum of squares.
  case mse

  /// What it takes, in a clause.
  public var summary: String {
    switch self {
    case .minMax: "the least and the largest number of all samples"
    case .meanMinMax: "the mean of each sample's least and largest number"
    case .medianMinMax: "the median of each sample's least and largest number"
    case .noOutliers:
      "the mean of each sample's least and largest number, but for one sample in a hundred at either end"
    case .kl: "the least Kullback-Leibler divergence of the distribution"
    case .quantile: "all but one number in ten thousand at either end"
    case .mse: "the least sum of squared rounding and clipping errors"
    }
  }

  /// The range of a tensor that is quantized by a scheme.
  func range(_ statistics: TensorStatistics, _ scheme: ActivationScheme) throws(TensorError) -> ClosedRange<Double> {
    switch self {
    case .minMax: MinMaxEstimator.range(statistics)
    case .meanMinMax: MeanMinMaxEstimator.range(statistics)
    case .medianMinMax: MedianMinMaxEstimator.range(statistics)
    case .noOutliers: NoOutliersEstimator.range(statistics)
    case .quantile: QuantileEstimator.range(statistics)
    case .kl: DivergenceEstimator.range(statistics)
    case .mse: try SquaredErrorEstimator.range(statistics, scheme)
    }
  }
}
