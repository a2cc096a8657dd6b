import Foundation
import Graphs
import Inference
import Quantization
import Synchronization
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct AccuracyAwareQuantizerTests {
  private static let extents = [1, 3, 12, 12]
  private static let validationCount = 60

  private static func best(_ graph: Graph, _ tensors: [Tensor], _ executor: Executor) throws -> Int {
    let scores = try executor.run(tensors)[0].floats
    return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }

  /// The classes that a graph gives samples 100 and up.
  private static func classes(_ graph: Graph) throws -> [Int] {
    let executor = try Executor(ExecutionPlan(graph))
    return try (0..<validationCount).map { index in
      let tensors = try #require(try ExampleNets.samples(200, extents).tensors(100 + index))
      return try best(graph, tensors, executor)
    }
  }

  private static func validation(_ classes: [Int]) -> AnnotatedSamples {
    AnnotatedSamples(
      samples: CalibrationSamples(count: validationCount) { try ExampleNets.samples(200, extents).tensors(100 + $0) },
      classes: classes)
  }

  /// A coarse quantization, so that there is something to lose.
  private static let coarse = QuantizationConfiguration(
    rangeEstimator: .kl, hasPerChannelWeights: false, hasChannelScaling: false, searchesWeightScales: false,
    hasErrorFeedback: false, biasCorrection: .none)

  private static func quantize(
    _ graph: Graph, _ bound: AccuracyBound, classes: [Int], memory: AccuracyAwareMemory = AccuracyAwareMemory(),
    stages: any QuantizationStages = NoStages(), isCancelled: () -> Bool = { false }
  ) throws -> AccuracyAwareResult {
    try AccuracyAwareQuantizer(coarse, bound: bound).quantize(
      graph, calibration: ExampleNets.samples(8, extents), validation: validation(classes), threads: 2,
      stages: stages, memory: memory, isCancelled: isCancelled)
  }

  /// Whatever the bound: the drop that is told is the drop of the model that is given, and it is within the bound exactly
  /// when the result says so.
  @Test(arguments: [0.5, 0.05, 0.02, 0, -0.05], [false, true])
  func promiseIsKept(_ drop: Double, _ isRelative: Bool) throws {
    let graph = try ExampleNets.mobile.make()
    let right = try Self.classes(graph)
    // A parent that errs in every sixth sample, so that relative and absolute drops differ.
    let given = right.enumerated().map { $0.offset.isMultiple(of: 6) ? ($0.element + 1) % 5 : $0.element }
    let bound = AccuracyBound(drop: drop, isRelative: isRelative)
    let result = try Self.quantize(graph, bound, classes: given)
    func accuracy(_ graph: Graph) throws -> Double {
      Double(zip(try Self.classes(graph), given).count { $0 == $1 }) / Double(given.count)
    }
    let parent = Double(zip(right, given).count { $0 == $1 }) / Double(given.count)
    let child = try accuracy(result.best.graph)
    #expect(abs(result.parentAccuracy - parent) < 1e-12 && abs(result.accuracy - child) < 1e-12)
    let measured = isRelative ? (parent - child) / parent : parent - child
    #expect(abs(result.drop - measured) < 1e-12)
    #expect(result.isWithinBound == (measured <= drop + 1e-12))
    #expect(result.best.quantizedLayers.count { $0.operatorName == "Conv" || $0.operatorName == "Gemm" } >= 1)
    #expect(result.validatedSamples == Self.validationCount)
    let names = Set(result.best.floatLayers.map(\.name))
    #expect(result.reverted.allSatisfy(names.contains))
    if !result.isWithinBound { #expect(result.steps.count == 8) }
  }

  @Test func nothingGoesBackWhereTheBoundHoldsAtOnce() throws {
    let graph = try ExampleNets.mobile.make()
    let result = try Self.quantize(graph, AccuracyBound(drop: 1), classes: Self.classes(graph))
    #expect(result.isWithinBound && result.reverted.isEmpty && result.steps.count == 1)
    #expect(result.best.graph.text == result.full.graph.text)
  }

  /// After an interruption, the same is found with what was measured before.
  @Test func goesOnWhereItWas() throws {
    let graph = try ExampleNets.mobile.make()
    let classes = try Self.classes(graph)
    let bound = AccuracyBound(drop: -0.05)
    let whole = try Self.quantize(graph, bound, classes: classes)
    let memory = AccuracyAwareMemory()
    let asked = Atomic(0)
    #expect(throws: CancellationError.self) {
      try Self.quantize(graph, bound, classes: classes, memory: memory) {
        asked.wrappingAdd(1, ordering: .relaxed).newValue > 20
      }
    }
    let resumed = try Self.quantize(graph, bound, classes: classes, memory: memory)
    let again = try Self.quantize(graph, bound, classes: classes, memory: memory)
    #expect(resumed.steps == whole.steps && again.steps == whole.steps)
    #expect(resumed.best.graph.text == whole.best.graph.text)
  }

  /// Another process finds the same with what one that was cut off has left on disk, and measures only the rest.
  @Test func goesOnWithWhatIsLeftOnDisk() throws {
    final class Shelf: QuantizationStages {
      let kept = Mutex<[String: [UInt8]]>([:])
      let computed = Mutex<[String]>([])
      func value<Value: Codable>(of stage: String) -> Value? {
        kept.withLock { $0[stage] }.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
      }
      func keep<Value: Codable>(_ value: Value, of stage: String) {
        computed.withLock { $0.append(stage) }
        if let data = try? JSONEncoder().encode(value) { kept.withLock { $0[stage] = Array(data) } }
      }
    }
    let graph = try ExampleNets.mobile.make()
    let classes = try Self.classes(graph)
    let bound = AccuracyBound(drop: -0.05)
    let shelf = Shelf()
    let whole = try Self.quantize(graph, bound, classes: classes, stages: shelf)
    let all = shelf.computed.withLock { $0 }
    #expect(all.count { $0.hasPrefix("ranking") } == 8 && all.count { $0.hasPrefix("accuracy") } == 7)
    for removed in [all.count, all.count / 2, 1, 0] {
      for stage in all.suffix(removed) { shelf.kept.withLock { $0[stage] = nil } }
      shelf.computed.withLock { $0 = [] }
      let resumed = try Self.quantize(graph, bound, classes: classes, stages: shelf)
      #expect(shelf.computed.withLock { $0 } == Array(all.suffix(removed)))
      #expect(resumed.steps == whole.steps && resumed.reverted == whole.reverted)
      #expect(resumed.best.graph.text == whole.best.graph.text)
    }
  }

  /// Layer by layer, what the analysis says of the output is what running the variants from end to end says.
  @Test func sensitivityIsThatOfTheVariants() throws {
    let graph = try ExampleNets.mobile.make()
    let full = try Quantizer(Self.coarse).quantize(graph, calibration: ExampleNets.samples(8, Self.extents))
    let samples = CalibrationSamples(count: 10) { try ExampleNets.samples(200, Self.extents).tensors(150 + $0) }
    let analysis = try SensitivityAnalysis(of: full, on: samples, threads: 2)
    #expect(analysis.sampleCount == 10)
    #expect(analysis.layers.map(\.name).contains("block1.depthwise"))
    func error(_ other: Graph) throws -> Double {
      let (a, b) = (try Executor(ExecutionPlan(graph)), try Executor(ExecutionPlan(other)))
      var sum = 0.0
      for index in 0..<10 {
        let tensors = try #require(try samples.tensors(index))
        let (x, y) = (try a.run(tensors)[0].doubles, try b.run(tensors)[0].doubles)
        sum += zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / x.reduce(0) { $0 + $1 * $1 }
      }
      return sum / 10
    }
    let base = try error(full.graph)
    for name in ["stem", "block1.expand", "block2.depthwise", "classifier"] {
      var configuration = Self.coarse
      configuration.ignoredScope = IgnoredScope(names: [name])
      let variant = try Quantizer(configuration).quantize(graph, calibration: ExampleNets.samples(8, Self.extents))
      let layer = try #require(analysis.layers.first { $0.name == name })
      let gain = Self.decibels(base / (try error(variant.graph)))
      #expect(abs(layer.outputGain - gain) < 0.05, "\(name)")
      #expect(abs(layer.signalToNoise - (try Self.signalToNoise(name, graph, full.graph, samples))) < 0.3, "\(name)")
    }
    #expect(abs(analysis.outputSignalToNoise + Self.decibels(base)) < 0.05)
  }

  /// What the reference executor gives for a value of both graphs, compared.
  private static func signalToNoise(
    _ name: String, _ graph: Graph, _ quantized: Graph, _ samples: CalibrationSamples
  ) throws -> Double {
    let (exact, other) = (try ReferenceExecutor(graph), try ReferenceExecutor(quantized))
    let id = try #require(graph.value(named: name))
    var (signal, noise) = (0.0, 0.0)
    for index in 0..<10 {
      let tensors = try #require(try samples.tensors(index))
      let a = try #require(try exact.allValues(tensors)[id]).doubles
      let b = try #require(try other.allValues(tensors)[id]).doubles
      for (a, b) in zip(a, b) {
        signal += a * a
        noise += (a - b) * (a - b)
      }
    }
    return decibels(signal / noise)
  }

  private static func decibels(_ ratio: Double) -> Double { 10 * log10(ratio) }
}
