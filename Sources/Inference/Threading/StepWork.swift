/// The steps of a plan as work for an executor's threads; an item is a group of steps, or a step by itself.
///
/// Checked as Sendable by hand: nothing changes after it was made.
@safe final class StepWork: DividedWork, @unchecked Sendable {
  let context: ExecutionContext
  /// Each holds a reference, which `deinit` gives back.
  private let steps: [Unmanaged<RunnableStep>]
  /// Neighbouring steps, between which no thread waits for another.
  private let items: [Range<Int>]
  /// The items that are groups; together they are all steps.
  let groups: Range<Int>

  init(_ schedule: StepSchedule, threads: Int, _ context: ExecutionContext) {
    self.context = context
    unsafe steps = schedule.steps.map { unsafe .passRetained(RunnableStep.make($0)) }
    let groups = schedule.groups(threads: threads)
    self.groups = groups.indices
    items = unsafe groups + steps.indices.map { $0..<$0 + 1 }
  }

  deinit {
    for index in unsafe steps.indices { unsafe steps[index].release() }
  }

  /// The item that is one step.
  func item(ofStep index: Int) -> Int { groups.count + index }

  /// The first step of an item.
  func firstStep(of item: Int) -> Int { items[item].lowerBound }

  func perform(_ item: Int, part: WorkPart) throws(InferenceError) {
    for index in items[item] {
      let failure = unsafe steps[index]._withUnsafeGuaranteedRef { step -> InferenceError? in
        do throws(InferenceError) { try step.run(context, part: part) } catch { return error }
        return nil
      }
      if let failure { throw failure }
    }
  }
}

/// A step as an object that threads run without counting references: an existential is copied for each call, and its box
/// would pass from cache to cache.
private class RunnableStep {
  static func make(_ step: some PlanStep) -> RunnableStep { Holder(step) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) throws(InferenceError) {}

  private final class Holder<Step: PlanStep>: RunnableStep {
    let step: Step
    init(_ step: Step) { self.step = step }

    override func run(_ context: borrowing ExecutionContext, part: WorkPart) throws(InferenceError) {
      try step.run(context, part: part)
    }
  }
}
