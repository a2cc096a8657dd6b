/// Joining steps that stand side by side.
extension [any PlanStep] {
  /// How many times the steps read each buffer.
  var readerCounts: [Int: Int] {
    var readers: [Int: Int] = [:]
    for step in self {
      for location in step.reads { readers[location.buffer, default: 0] += 1 }
    }
    return readers
  }

  /// The steps, with every two neighbours joined for which there is a joined step, if nothing else reads what the first
  /// one hands to the second.
  ///
  /// - Parameters:
  ///   - kept: buffers that are read after the run.
  ///   - join: the joined step and what then is never whole; nil if the two cannot be joined.
  func joiningPairs(
    kept: Set<Int>, _ join: (_ first: any PlanStep, _ second: any PlanStep) -> (step: any PlanStep, passing: Location)?
  ) -> [any PlanStep] {
    let readers = readerCounts
    var result: [any PlanStep] = []
    for step in self {
      if let last = result.last, let (joined, passing) = join(last, step), readers[passing.buffer] == 1,
        !kept.contains(passing.buffer)
      {
        result[result.count - 1] = joined
      } else {
        result.append(step)
      }
    }
    return result
  }
}
