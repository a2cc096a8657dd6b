import Datasets
public import Documents
public import Evaluation

/// A column of the distances between outputs, by the name under which conditions and sort orders know it.
public enum DistanceColumn: String, ReportColumn {
  case image, output, mse, nrmse, sqnr, cosine, kl, maximum

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { self == .image || self == .output }

  /// The header.
  public var title: String {
    switch self {
    case .image: "Image Name"
    case .output: "Output name"
    case .mse: "Mean Squared Error"
    case .nrmse: "NRMSE"
    case .sqnr: "SQNR"
    case .cosine: "Cosine Similarity"
    case .kl: "KL Divergence"
    case .maximum: "Maximum Difference"
    }
  }

  /// The headers.
  public var spellings: [String] { [title] }

  /// How the values are defined, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .image: "the path of the picture within the dataset"
    case .output: "the name of the output"
    case .mse: "the mean over all elements of (parent - optimized)²"
    case .nrmse: "the root of the mean squared error, divided by the range of the parent's values"
    case .sqnr: "signal to quantization noise, 10 log10(Σ parent² / Σ (parent - optimized)²); higher is better"
    case .cosine: "the cosine of the angle between the two outputs; 1 is the same direction"
    case .kl:
      "Σ p ln(p / q) in nats over the probabilities of the parent p and the optimized model q, taken by softmax "
        + "unless the outputs are probabilities"
    case .maximum: "the largest difference of one element"
    }
  }

  /// The column of a table.
  public var column: Column {
    let kind: Column.Kind =
      switch self {
      case .image, .output: .text
      case .mse: .number(.decimals(10))
      case .nrmse: .number(.decimals(5))
      case .sqnr: .number(.decimals(1, unit: "dB"))
      case .cosine: .number(NumberFormat(.decimals(5), limit: 1))
      case .kl: .number(.decimals(5))
      case .maximum: .number(.decimals(5))
      }
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a row has in the column.
  public func cell(_ row: DistanceComparison.Row, _ classes: ClassNames) -> Cell {
    switch self {
    case .image: .text(row.sample.path)
    case .output: .text(row.output)
    default: cell(row.distance)
    }
  }

  /// What a distance has in the column.
  func cell(_ distance: TensorDistance) -> Cell {
    switch self {
    case .image, .output: .missing
    case .mse: .number(distance.meanSquaredError)
    case .nrmse: .number(distance.normalizedRootMeanSquaredError)
    case .sqnr: .number(distance.signalToNoise)
    case .cosine: .number(distance.cosineSimilarity)
    case .kl: distance.divergence.map(Cell.number) ?? .missing
    case .maximum: .number(distance.maximumDifference)
    }
  }
}
