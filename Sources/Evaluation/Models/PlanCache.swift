public import Graphs
public import Inference
import Synchronization

/// A graph and the execution plans that were made of it, one for each batch size, made when first asked for.
public final class PlanCache: Sendable {
  /// The graph, at the batch size that it was loaded with.
  public let graph: Graph
  private let options: InferenceOptions
  private let plans = Mutex<[Int: ExecutionPlan]>([:])

  /// Plans of a canonical graph with static shapes.
  public init(_ graph: Graph, options: InferenceOptions = InferenceOptions()) {
    self.graph = graph
    self.options = options
  }

  /// The plan for a batch size, made on another thread.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, and as `plan(batch:)`.
  func plan(batch: Int, isCancelled: () -> Bool) throws -> ExecutionPlan {
    try Interruptible.run(isCancelled: isCancelled) { try self.plan(batch: batch) }
  }

  /// A plan that keeps some values readable, made anew each time.
  ///
  /// - Throws: as `plan(batch:)`.
  func plan(batch: Int, observing observed: Set<ValueID>) throws -> ExecutionPlan {
    var options = options
    options.observed = observed
    return try ExecutionPlan(graph.settingBatchSize(batch), options: options)
  }

  /// The plan for a batch size.
  ///
  /// - Throws: `GraphError` if the batch size of the graph cannot be changed, `InferenceError` if it cannot be planned.
  public func plan(batch: Int) throws -> ExecutionPlan {
    if let plan = plans.withLock({ $0[batch] }) { return plan }
    let plan = try ExecutionPlan(graph.settingBatchSize(batch), options: options)
    return plans.withLock { plans in
      if let earlier = plans[batch] { return earlier }
      plans[batch] = plan
      return plan
    }
  }
}
