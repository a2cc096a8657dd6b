import Graphs
import Inference
import Tensors

/// The first outputs of graphs on the same samples.
struct OutputRun {
  var samples: CalibrationSamples
  var threads: Int
  var isCancelled: () -> Bool

  /// A graph's first output for some of the samples, in their order; empty for one that cannot be used.
  ///
  /// - Throws: `GraphError`, `InferenceError`, `CancellationError`, what reading a sample throws.
  func outputs(of graph: Graph, on indices: [Int]) throws -> [[Float]] {
    let plan = try ExecutionPlan(graph)
    let samples = samples
    var found: [[Float]] = []
    let loop = SampleLoop(sampleCount: indices.count, threads: threads, isCancelled: isCancelled)
    try loop.run(
      makeWorker: {
        let executor = try Executor(plan)
        return { range, finish in
          var block: [[Float]] = []
          for index in indices[range] {
            if let tensors = try samples.tensors(index) {
              try executor.feed(tensors)
              try executor.execute()
              block.append(try executor.output(0).floats)
            } else {
              block.append([])
            }
            try finish()
          }
          return block
        }
      }, progress: { _ in }, merge: { found += $0 })
    return found
  }

  /// The index of the largest number, the first of several.
  static func best(_ scores: [Float]) -> Int {
    scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }

  /// The squared distance of two outputs as a part of the reference's squared length.
  static func relativeError(_ found: [Float], _ reference: [Float]) -> Double {
    var (noise, signal) = (0.0, 0.0)
    for (a, b) in zip(found, reference) {
      noise += Double(a - b) * Double(a - b)
      signal += Double(b) * Double(b)
    }
    return signal > 0 ? noise / signal : noise
  }
}
