/// Which sums of layers along shortcuts stay in floating point, so that errors of rounding do not add up there.
public enum FloatSums: String, Sendable, Hashable, CaseIterable {
  /// None.
  case none
  /// Those that cost little beside the layers that they join (`SumCost`), and those that such sums are added to.
  case cheap
  /// All.
  case all

  init(_ preset: QuantizationPreset) {
    switch preset {
    case .performance: self = .cheap
    case .mixed: self = .all
    }
  }

  /// Why a sum stays in floating point, in a clause.
  var reason: String {
    switch self {
    case .none, .all: "sums stay in floating point, so that errors do not add up along shortcuts"
    case .cheap:
      "sums stay in floating point where that costs little beside their layers, so that errors do not add up along "
        + "shortcuts"
    }
  }
}
