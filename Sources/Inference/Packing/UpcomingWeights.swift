/// Weights that a step reads first, for the step before to ask for, since they come from a far cache.
///
/// Checked as Sendable by hand: nothing is read at the address, and the plan's steps hold the buffer.
@safe struct UpcomingWeights: @unchecked Sendable {
  var start: UnsafeRawPointer?
  var byteCount = 0
}

/// A step that reads weights, and asks for those of the next one while it works.
protocol WeightedStep: PlanStep {
  /// What it reads first.
  var firstWeights: UpcomingWeights { get }
  /// What is read after it.
  var following: UpcomingWeights { get set }
}

extension [any PlanStep] {
  /// The steps, each of which knows the weights of the next one that has any.
  func askingAhead() -> [any PlanStep] {
    var following = UpcomingWeights()
    var result: [any PlanStep] = []
    for step in reversed() {
      guard var weighted = step as? any WeightedStep else {
        result.append(step)
        continue
      }
      weighted.following = following
      following = weighted.firstWeights
      result.append(weighted)
    }
    return result.reversed()
  }
}
