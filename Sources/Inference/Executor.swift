public import Graphs
public import Tensors

/// Runs a plan with an arena and threads of its own. Not Sendable: use it from one thread at a time.
public final class Executor {
  public let plan: ExecutionPlan
  /// Threads that take part in a run.
  public let threads: Int

  private let work: StepWork
  private let pool: WorkerPool?
  /// For each step, whether the threads share it.
  private let areShared: [Bool]

  /// Takes the memory that the plan needs and starts the threads.
  ///
  /// - Parameter threads: 1 or more, the calling one included.
  /// - Throws: `InferenceError.outOfMemory`.
  public init(_ plan: ExecutionPlan, threads: Int = 1) throws(InferenceError) {
    self.plan = plan
    self.threads = min(max(threads, 1), 256)
    let stride = (plan.scratchByteCount + 63) / 64 * 64
    work = StepWork(
      plan.schedule, threads: self.threads,
      ExecutionContext(
        arena: try AlignedBuffer(byteCount: plan.arenaByteCount), offsets: plan.memory.offsets,
        scratch: try AlignedBuffer(byteCount: stride * self.threads), scratchStride: stride))
    pool = self.threads > 1 ? WorkerPool(width: self.threads, work: work) : nil
    areShared = plan.schedule.areShared
  }

  deinit { pool?.stop() }

  private var context: ExecutionContext { work.context }

  /// Feeds the inputs, runs all steps, and gives the results.
  ///
  /// - Throws: `InferenceError.wrongInput` for a wrong number, type or shape of tensors.
  public func run(_ inputs: [Tensor]) throws(InferenceError) -> [Tensor] {
    guard inputs.count == plan.inputs.count else {
      throw InferenceError(
        .wrongInput, "the model has \(plan.inputs.count) inputs, but \(inputs.count) tensors are given")
    }
    for (index, tensor) in inputs.enumerated() { try setInput(index, tensor) }
    try execute()
    var results: [Tensor] = []
    for index in plan.outputs.indices { results.append(try output(index)) }
    return results
  }

  /// Feeds one input; it stays until another is fed.
  ///
  /// - Throws: `InferenceError.wrongInput` if there is no such input or the tensor's type or shape is another.
  public func setInput(_ index: Int, _ tensor: Tensor) throws(InferenceError) {
    guard plan.inputLocations.indices.contains(index) else {
      throw InferenceError(.wrongInput, "there is no input \(index)")
    }
    try TensorTransfer.write(tensor, to: plan.inputLocations[index], in: context)
  }

  /// Runs all steps on the inputs fed before.
  public func execute() throws(InferenceError) {
    for group in work.groups { try run(group) }
  }

  /// Runs all steps, each by itself, and gives the seconds that each took.
  public func profiledExecute() throws(InferenceError) -> [Double] {
    var seconds: [Double] = []
    for index in plan.schedule.steps.indices {
      let start = MonotonicClock.seconds()
      try run(work.item(ofStep: index))
      seconds.append(MonotonicClock.seconds() - start)
    }
    return seconds
  }

  /// The result of the last run as a tensor in row-major order, of the type that the plan says.
  ///
  /// - Throws: `InferenceError.wrongInput` if there is no such output.
  public func output(_ index: Int) throws(InferenceError) -> Tensor {
    guard plan.outputSources.indices.contains(index) else {
      throw InferenceError(.wrongInput, "there is no output \(index)")
    }
    switch plan.outputSources[index] {
    case .location(let location, let isInterleaved):
      return try TensorTransfer.read(location, isInterleaved: isInterleaved, in: context)
    case .quantized(let value, let isInterleaved):
      return try TensorTransfer.read(value, isInterleaved: isInterleaved, in: context)
    case .constant(let tensor): return tensor
    }
  }

  /// The floats of an observed value after a run.
  ///
  /// - Returns: what the closure returns; nil if the value was not observed or holds no floats.
  public func withObserved<Result>(_ value: ValueID, _ body: (ObservedElements) throws -> Result) rethrows -> Result? {
    guard let location = plan.observedLocations[value], location.layout.elementType == .float32 else { return nil }
    let layout = location.layout
    let count = layout.elementSpan
    let elements = unsafe Span(_unsafeStart: context.pointer(location, Float.self), count: count)
    let isPixels = layout.order == .channelsLast
    return try body(
      ObservedElements(
        pixels: isPixels ? layout.pixels : 1, channels: isPixels ? layout.channels : count,
        stride: isPixels ? layout.pixelStride : count, elements: elements,
        vectors: VectorMicrokernels(set: plan.instructionSet)))
  }

  private func run(_ item: Int) throws(InferenceError) {
    if let pool, areShared[work.firstStep(of: item)] {
      try pool.run(item)
    } else {
      try work.perform(item, part: .whole)
    }
  }
}

/// The floats of one value as pixels and channels: element (pixel p, channel c) is at p * stride + c.
///
/// A value [N, C, H, W] has N * H * W pixels, a value [N, C] has N; any other is one pixel with its elements as
/// channels.
public struct ObservedElements: ~Escapable {
  public let pixels: Int
  public let channels: Int
  /// Elements from pixel to pixel.
  public let stride: Int
  public let elements: Span<Float>
  let vectors: VectorMicrokernels

  @_lifetime(copy elements)
  init(pixels: Int, channels: Int, stride: Int, elements: Span<Float>, vectors: VectorMicrokernels) {
    self.pixels = pixels
    self.channels = channels
    self.stride = stride
    self.elements = elements
    self.vectors = vectors
  }
}
