import Graphs
import Inference
import Tensors

/// Runs parts of a graph on all samples, with what the parts before gave.
struct SegmentRunner {
  var sampleCount: Int
  var threads: Int
  var isCancelled: () -> Bool

  /// What a segment gives for all samples.
  func compute(_ segment: GraphSegment, _ live: [ValueID: [Tensor]]) throws -> [ValueID: [Tensor]] {
    let plan = try ExecutionPlan(segment.graph, options: InferenceOptions(channelsLast: segment.channelsLast))
    var total: [ValueID: [Tensor]] = [:]
    try run(segment, plan, live, makePartial: { [ValueID: [Tensor]]() }) { executor, block in
      for (index, value) in segment.results.enumerated() {
        block[value, default: []].append(try executor.output(index))
      }
    } merge: { block in
      for (value, tensors) in block { total[value, default: []] += tensors }
    }
    return total
  }

  /// Runs a plan of a segment on all samples.
  func run<Partial: Sendable>(
    _ segment: GraphSegment, _ plan: ExecutionPlan, _ live: [ValueID: [Tensor]],
    makePartial: @escaping @Sendable () -> Partial,
    look: @escaping @Sendable (Executor, inout Partial) throws -> Void, merge: (Partial) -> Void
  ) throws {
    let feeds = segment.feeds
    let loop = SampleLoop(sampleCount: sampleCount, threads: threads, isCancelled: isCancelled)
    try loop.run(
      makeWorker: {
        let executor = try Executor(plan)
        return { range, finishSample in
          var block = makePartial()
          for sample in range {
            for (input, feed) in feeds.enumerated() {
              guard let stored = live[feed.stored], sample < stored.count else {
                throw QuantizationError(.invalidGraph, "a value that a layer reads was not kept")
              }
              try executor.setInput(input, stored[sample])
            }
            try executor.execute()
            try look(executor, &block)
            try finishSample()
          }
          return block
        }
      }, progress: { _ in }, merge: merge)
  }

  /// Lets go of what some nodes do not read.
  ///
  /// - Throws: `GraphError` for values without a type.
  static func keepOnly(
    readBy nodes: Range<Int>, of graph: Graph, in live: inout [ValueID: [Tensor]]
  ) throws(GraphError) {
    let read = try storedValues(readBy: nodes, of: graph)
    live = live.filter { read.contains($0.key) }
  }

  private static func storedValues(readBy nodes: Range<Int>, of graph: Graph) throws(GraphError) -> Set<ValueID> {
    Set(try GraphSegment(graph, nodes: nodes, rest: nodes.upperBound..<nodes.upperBound).feeds.map(\.stored))
  }
}
