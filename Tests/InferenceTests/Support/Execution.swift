import Graphs
import Inference
import Tensors

/// What plans of a graph compute.
enum Execution {
  /// The outputs on an instruction set and a number of threads.
  static func run(
    _ graph: Graph, _ inputs: [Tensor], on set: InstructionSet? = nil, threads: Int = 1
  ) throws -> [Tensor] {
    let plan = try ExecutionPlan(graph, options: InferenceOptions(instructionSet: set))
    return try Executor(plan, threads: threads).run(inputs)
  }
}

extension ExecutionPlan {
  /// What the steps compute, without those that only change how elements are stored.
  var operations: [String] {
    steps.map(\.operation).filter { !["Reorder", "QuantizeLinear", "DequantizeLinear", "Constant"].contains($0) }
  }

  /// Whether no node is left to its reference evaluation.
  var isLowered: Bool { steps.allSatisfy { $0.kernel != "reference" } }
}

extension Tensor {
  /// The part of one index of the first axis, as a batch of one.
  func image(_ index: Int) throws -> Tensor {
    let count = elementCount / shape[0]
    return try Tensor(
      shape: Shape([1] + shape.dimensions.dropFirst()), Array(floats[index * count..<(index + 1) * count]))
  }

  /// The largest magnitude of the elements.
  var magnitude: Double { doubles.map(\.magnitude).max() ?? 0 }
}
