/// What kinds of finished work are kept.
public enum ResultKind: String, Sendable, CaseIterable {
  /// INT8 models.
  case calibrations
  /// What calibrations that were cut off had finished, and what those with a bound on the accuracy have measured.
  case stages
  /// What models say of pictures, in blocks.
  case predictions

  /// What it is, for a table.
  var title: String {
    switch self {
    case .calibrations: "Calibrated models"
    case .stages: "Stages of calibrations"
    case .predictions: "Predictions, in blocks of up to \(CachedPredictions.blockSize) images"
    }
  }
}
