/// The step of a plan that an executor's threads are at.
///
/// Checked as Sendable by hand: `step` changes only while no part of it is done.
final class StepWork: DividedWork, @unchecked Sendable {
  let context: ExecutionContext
  var step: (any PlanStep)?

  init(_ context: ExecutionContext) { self.context = context }

  func perform(_ part: WorkPart) throws(InferenceError) { try step?.run(context, part: part) }
}
