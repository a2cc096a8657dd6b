public import Graphs
internal import Tensors

/// A graph made ready for this machine: steps with packed weights, and one arena laid out ahead.
///
/// A plan is immutable and may be shared by any number of executors, each with an arena of its own.
public final class ExecutionPlan: Sendable {
  /// The graph that the plan computes.
  public let graph: Graph
  /// The types of the tensors to feed, in the graph's order.
  public let inputs: [ValueType]
  /// The types of the results, in the graph's order.
  public let outputs: [ValueType]
  /// The instruction set that microkernels were chosen for.
  public let instructionSet: InstructionSet
  /// What the plan does, in order.
  public let steps: [StepDescription]

  let schedule: StepSchedule
  let inputLocations: [Location]
  let outputSources: [OutputSource]
  let observedLocations: [ValueID: Location]
  let memory: MemoryPlan
  /// Bytes that each thread of an executor takes for what no other step reads.
  package let scratchByteCount: Int

  /// Where a result comes from.
  enum OutputSource {
    case location(Location, _ isInterleaved: Bool)
    case quantized(QuantizedValue, isInterleaved: Bool)
    case constant(Tensor)
  }

  /// The steps between which an executor of so many threads does not wait, in order: neighbours in `steps`.
  package func stepGroups(threads: Int) -> [Range<Int>] { schedule.groups(threads: threads) }

  /// Bytes of memory that each executor takes for activations.
  public var arenaByteCount: Int { memory.byteCount }

  /// Makes a plan.
  ///
  /// - Parameter graph: a valid graph with inferred types.
  /// - Throws: `InferenceError.unsupportedGraph` where types are not known or a node cannot run, `outOfMemory`,
  ///   `unsupportedInstructionSet`.
  public init(_ graph: Graph, options: InferenceOptions = InferenceOptions()) throws(InferenceError) {
    let set: InstructionSet
    if let chosen = options.instructionSet { set = chosen } else { set = try InstructionSet.selected() }
    guard set.isSupported else {
      throw InferenceError(.unsupportedInstructionSet, "this processor cannot run \(set.rawValue)")
    }
    var context = LoweringContext(graph, set, observed: options.observed)
    var inputs: [ValueType] = []
    var inputLocations: [Location] = []
    for input in graph.inputs {
      let type = try context.type(of: input)
      let isInterleaved = options.channelsLast.contains(input) && type.canInterleave
      let location = context.allocate(
        isInterleaved
          ? .channelsLast(type.elementType, type.shape) : .rowMajor(type.elementType, type.shape))
      context.place(input, at: location)
      inputs.append(try isInterleaved ? type.interleaved() : type)
      inputLocations.append(location)
    }
    try context.lowerAll()
    var outputs: [ValueType] = []
    var sources: [OutputSource] = []
    for output in graph.outputs {
      let type = try context.type(of: output)
      let isInterleaved = options.channelsLast.contains(output) && type.canInterleave
      outputs.append(try isInterleaved && context.constant(output) == nil ? type.interleaved() : type)
      if let tensor = context.constant(output) {
        sources.append(.constant(tensor))
      } else if let value = context.quantizedValue(output) {
        sources.append(.quantized(value, isInterleaved: isInterleaved))
      } else {
        sources.append(
          .location(try isInterleaved ? context.channelsLast(output) : context.rowMajor(output), isInterleaved))
      }
    }
    var observed: [ValueID: Location] = [:]
    for value in options.observed.sorted() {
      let type = try context.type(of: value)
      guard type.elementType == .float32 else { continue }
      let hasChannels = (type.shape.rank == 4 || type.shape.rank == 2) && type.shape.elementCount > 0
      observed[value] = try hasChannels ? context.channelsLast(value) : context.rowMajor(value)
    }
    self.graph = graph
    self.inputs = inputs
    self.outputs = outputs
    self.inputLocations = inputLocations
    instructionSet = set
    outputSources = sources
    observedLocations = observed
    let kept = Set(sources.compactMap(\.buffer) + observed.values.map(\.buffer))
    schedule = StepSchedule(
      StripFusion.fuse(
        ScaledStripStep.fuse(PixelRowFusion.fuse(context.steps, kept: kept), kept: kept), kept: kept))
    steps = schedule.steps.map(StepDescription.init)
    memory = try MemoryPlan(
      Self.lifetimes(in: schedule, sizes: context.bufferSizes, inputs: inputLocations, kept: kept))
    scratchByteCount = schedule.steps.map(\.scratchByteCount).max() ?? 0
  }

  /// From which group of steps to which each buffer is in use.
  private static func lifetimes(
    in schedule: StepSchedule, sizes: [Int], inputs: [Location], kept: Set<Int>
  ) -> [BufferLifetime] {
    var lifetimes = sizes.map { BufferLifetime(byteCount: $0, first: Int.max, last: -1) }
    for location in inputs {
      lifetimes[location.buffer].first = -1
      lifetimes[location.buffer].last = Int.max
    }
    for (index, group) in schedule.groups.enumerated() {
      for location in schedule.steps[group].flatMap({ $0.reads + $0.writes }) {
        lifetimes[location.buffer].first = min(lifetimes[location.buffer].first, index)
        lifetimes[location.buffer].last = max(lifetimes[location.buffer].last, index)
      }
    }
    for buffer in kept { lifetimes[buffer].last = Int.max }
    for index in lifetimes.indices where lifetimes[index].first == Int.max { lifetimes[index].byteCount = 0 }
    return lifetimes
  }
}

extension ExecutionPlan.OutputSource {
  fileprivate var buffer: Int? {
    switch self {
    case .location(let location, _): location.buffer
    case .quantized(let value, _): value.location.buffer
    case .constant: nil
    }
  }
}

extension ValueType {
  /// Whether the elements can be fed and given with the channels last.
  fileprivate var canInterleave: Bool {
    [2, 4].contains(shape.rank) && shape.elementCount > 0 && [.float32, .uint8].contains(elementType)
  }

  /// The same elements with the channels as the last axis.
  fileprivate func interleaved() throws(InferenceError) -> ValueType {
    do { return ValueType(elementType, try shape.interleaved()) } catch {
      throw InferenceError(.unsupportedGraph, error.message)
    }
  }
}

/// What one step of a plan does, for tables.
public struct StepDescription: Sendable, Hashable {
  /// The graph's nodes that it computes.
  public let nodes: [String]
  /// The operator with what is fused into it, as `Conv+Add+ReLU`.
  public let operation: String
  /// The microkernel or loop that does the work.
  public let kernel: String
  /// The element type that it reads, as tables show it: `INT8` for quantized numbers, `FP32` for floats.
  public let precision: String
  /// Multiplications whose products are summed; 0 for steps that only move or map elements.
  public let products: Double

  init(_ step: any PlanStep) {
    nodes = step.nodes
    operation = step.operation
    kernel = step.kernel
    products = step.products
    precision =
      switch step.elementType {
      case .uint8?, .int8?: "INT8"
      case .float32?, nil: "FP32"
      case let other?: other.rawValue.uppercased()
      }
  }
}
