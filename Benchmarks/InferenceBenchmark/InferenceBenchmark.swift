import ArgumentParser
import FoundationEssentials
import Graphs
import Inference
import ModelFormats
import Quantization
import Tensors

/// Shows where the time of an inference goes: for every step of the plan its time, its share, and how near it comes to what
/// the processor can do at best.
@main struct InferenceBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inference-benchmark", abstract: "Profiles the steps of a model's execution plan.",
    discussion: """
      Times are the medians of all runs. GMAC/s are 10^9 products summed in a second; “of peak” compares them with what \
      the threads reach on matrices that stay in the first-level cache. OCTET_ISA chooses the instruction set.
      """)

  @Argument(help: "The file of the model.")
  var model: String

  @Option(help: "The second file of a Caffe model.")
  var weights: String?

  @Flag(help: "Quantizes the model first, calibrated on made-up inputs.")
  var int8 = false

  @Option(help: "Threads that share an inference.")
  var threads = 1

  @Option(help: "Samples in a batch.")
  var batch = 1

  @Option(help: "How long to measure, in seconds.")
  var seconds = 2.0

  @Option(help: "How many steps are shown, the longest first; 0 shows all in their order.")
  var top = 0

  func run() throws {
    var graph = try ModelFormatCatalog.load(path: model, companion: weights).graph
    try PassPipeline.canonical.run(&graph)
    if batch > 1 { graph = try graph.settingBatchSize(batch) }
    if int8 { graph = try quantized(graph) }
    let plan = try ExecutionPlan(graph)
    let executor = try Executor(plan, threads: threads)
    for (index, tensor) in try inputs(plan.inputs, seed: 0).enumerated() { try executor.setInput(index, tensor) }
    for _ in 0..<3 { try executor.execute() }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var samples = [[Double]](repeating: [], count: plan.steps.count)
    var totals: [Double] = []
    repeat {
      let times = try executor.profiledExecute()
      for (index, time) in times.enumerated() { samples[index].append(time) }
      totals.append(times.reduce(0, +))
    } while clock.now < end
    var runs: [Double] = []
    let lastRun = clock.now + .seconds(seconds)
    repeat {
      let start = clock.now
      try executor.execute()
      runs.append((clock.now - start) / .seconds(1))
    } while clock.now < lastRun
    try show(plan, medians: samples.map(Self.median), total: Self.median(totals))
    print("whole runs: \(fixed(Self.median(runs) * 1e6, 1)) µs")
  }

  private func quantized(_ graph: Graph) throws -> Graph {
    let types = try graph.inputs.map { input in
      guard let type = graph.type(of: input) else { throw ValidationError("an input has no known type") }
      return type
    }
    let samples = CalibrationSamples(count: 8) { index in try Self.tensors(types, seed: UInt64(index)) }
    return try Quantizer().quantize(graph, calibration: samples, threads: threads).graph
  }

  private func inputs(_ types: [ValueType], seed: UInt64) throws -> [Tensor] { try Self.tensors(types, seed: seed) }

  /// Numbers from -1 to 1.
  private static func tensors(_ types: [ValueType], seed: UInt64) throws -> [Tensor] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return try types.map { type in
      let values = (0..<type.shape.elementCount).map { _ -> Float in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(1 << 31)
      }
      return try Tensor(shape: type.shape, values).converted(to: type.elementType)
    }
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }

  private func show(_ plan: ExecutionPlan, medians: [Double], total: Double) throws {
    let peak = try ProcessorPeak(plan.instructionSet)
    let sum = medians.reduce(0, +)
    var order = Array(plan.steps.indices)
    if top > 0 { order = Array(order.sorted { medians[$0] > medians[$1] }.prefix(top)) }
    print(row("step", "operation", "kernel", "µs", "share", "GMAC/s", "of peak"))
    for index in order {
      let step = plan.steps[index]
      let rate = medians[index] > 0 ? step.products / medians[index] : 0
      let best = Double(threads) * (step.precision == "INT8" ? peak.int8 : peak.float32)
      print(
        row(
          step.nodes.first ?? "", step.operation, step.kernel, fixed(medians[index] * 1e6, 1),
          fixed(100 * medians[index] / max(sum, 1e-12), 1) + " %", step.products > 0 ? fixed(rate / 1e9, 1) : "",
          step.products > 0 ? fixed(100 * rate / best, 0) + " %" : ""))
    }
    let products = plan.steps.reduce(0) { $0 + $1.products }
    print(
      "\(plan.steps.count) steps, \(fixed(total * 1e6, 1)) µs, \(fixed(products / total / 1e9, 1)) GMAC/s; peak a thread: "
        + "INT8 \(fixed(peak.int8 / 1e9, 0)), FP32 \(fixed(peak.float32 / 1e9, 0)) GMAC/s; \(plan.instructionSet.rawValue), "
        + "\(threads) threads, arena \(plan.arenaByteCount / 1024) KiB")
  }

  private func row(_ columns: String...) -> String {
    let widths = [30, 28, 36, 9, 8, 8, 8]
    return zip(columns, widths).enumerated().map { index, pair in
      let (text, width) = (String(pair.0.prefix(pair.1)), pair.1)
      let padding = String(repeating: " ", count: max(width - text.count, 0))
      return index < 3 ? text + padding : padding + text
    }.joined(separator: " ")
  }

  private func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    guard digits > 0 else { return "\(whole)" }
    let fraction = String(abs(whole) % Int(scale))
    return "\(whole / Int(scale)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
}
