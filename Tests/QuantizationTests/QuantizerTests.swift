import Graphs
import Inference
import Quantization
import Synchronization
import Tensors
import Testing

@Suite struct QuantizerTests {
  private static let extents = [1, 3, 12, 12]

  private static func quantize(
    _ configuration: QuantizationConfiguration = QuantizationConfiguration(), samples: Int = 12, threads: Int = 1
  ) throws -> QuantizationResult {
    try Quantizer(configuration).quantize(
      ExampleNets.mobile.make(), calibration: ExampleNets.samples(samples, extents), threads: threads)
  }

  /// Noise by signal, in power, of the last values before a Softmax, on samples that were not used for calibration.
  private static func noiseShare(_ example: ExampleNets.Example, _ result: QuantizationResult) throws -> Double {
    let exact = try ReferenceExecutor(example.make())
    let quantized = try ReferenceExecutor(result.graph)
    let last = exact.graph.nodes.last { !($0.op is Softmax) }
    let id = try #require(last?.outputs[0])
    var (signal, noise) = (0.0, 0.0)
    for sample in 100..<110 {
      let input = try #require(try ExampleNets.samples(200, example.extents).tensors(sample))
      let a = try #require(try exact.allValues(input)[id]).doubles
      let b = try #require(try quantized.allValues(input)[id]).doubles
      for (a, b) in zip(a, b) {
        signal += a * a
        noise += (a - b) * (a - b)
      }
    }
    return noise / signal
  }

  @Test(arguments: ExampleNets.all, BiasCorrectionMethod.allCases)
  func everyNetIsNearItsOriginal(_ example: ExampleNets.Example, _ method: BiasCorrectionMethod) throws {
    let result = try Quantizer(QuantizationConfiguration(biasCorrection: method)).quantize(
      example.make(), calibration: ExampleNets.samples(12, example.extents), threads: 2)
    #expect(try Self.noiseShare(example, result) < 0.002)
  }

  @Test(arguments: QuantizationPreset.allCases, RangeEstimator.allCases)
  func everySettingIsNearTheOriginal(_ preset: QuantizationPreset, _ estimator: RangeEstimator) throws {
    let result = try Self.quantize(QuantizationConfiguration(preset: preset, rangeEstimator: estimator))
    #expect(try Self.noiseShare(ExampleNets.mobile, result) < 0.003)
    #expect(result.calibratedSamples == 12)
  }

  @Test(arguments: [2, 3, 8]) func threadsChangeNothing(_ threads: Int) throws {
    let (one, many) = (try Self.quantize(), try Self.quantize(threads: threads))
    #expect(one.graph.text == many.graph.text)
    #expect(one.graph.values.map(\.constant) == many.graph.values.map(\.constant))
    #expect(one.parameters == many.parameters)
  }

  /// The planned executor and the reference executor compute the same quantized network.
  @Test func engineRunsTheResult() throws {
    let graph = try Self.quantize().graph
    let executor = try Executor(ExecutionPlan(graph))
    let reference = try ReferenceExecutor(graph)
    for sample in 50..<55 {
      let input = try #require(try ExampleNets.samples(200, Self.extents).tensors(sample))
      let (a, b) = (try executor.run(input)[0].doubles, try reference.run(input)[0].doubles)
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 0.02 })
    }
  }

  @Test func samplesThatCannotBeUsedAreNotCounted() throws {
    let all = ExampleNets.samples(10, Self.extents)
    let some = CalibrationSamples(count: 10) { $0 % 3 == 1 ? nil : try all.tensors($0) }
    let result = try Quantizer().quantize(ExampleNets.mobile.make(), calibration: some, threads: 2)
    #expect(result.calibratedSamples == 7)
  }

  @Test func subsetIsSpreadEvenly() throws {
    let asked = Mutex<Set<Int>>([])
    let all = ExampleNets.samples(100, Self.extents)
    let configuration = QuantizationConfiguration(subsetSize: 5)
    let result = try Quantizer(configuration).quantize(
      ExampleNets.mobile.make(),
      calibration: CalibrationSamples(count: 100) { index in
        asked.withLock { _ = $0.insert(index) }
        return try all.tensors(index)
      })
    #expect(asked.withLock { $0 } == [0, 20, 40, 60, 80] && result.calibratedSamples == 5)
  }

  @Test func progressRisesToOne() throws {
    var fractions: [Double] = []
    _ = try Quantizer().quantize(
      ExampleNets.mobile.make(), calibration: ExampleNets.samples(40, Self.extents),
      progress: { fraction, text in
        fractions.append(fraction)
        #expect(!text.isEmpty)
      })
    #expect(fractions == fractions.sorted() && fractions.last == 1)
  }

  @Test func cancellationLeavesAtOnce() throws {
    let started = Mutex(0)
    let all = ExampleNets.samples(100_000, Self.extents)
    let endless = CalibrationSamples(count: 100_000) { index in
      started.withLock { $0 += 1 }
      return try all.tensors(index)
    }
    let configuration = QuantizationConfiguration(subsetSize: 100_000)
    #expect(throws: CancellationError.self) {
      try Quantizer(configuration).quantize(
        ExampleNets.mobile.make(), calibration: endless, threads: 2, isCancelled: { started.withLock { $0 > 8 } })
    }
    #expect(started.withLock { $0 } < 100_000)
  }

  @Test func originalIsKeptWhole() throws {
    let graph = try ExampleNets.mobile.make()
    let result = try Quantizer().quantize(graph, calibration: ExampleNets.samples(4, Self.extents))
    #expect(result.graph.inputs == graph.inputs && result.graph.outputs == graph.outputs)
    #expect(result.quantizedLayers.count + result.floatLayers.count == graph.nodes.count)
    try result.graph.validate()
    let id = try #require(graph.value(named: "stem.w"))
    #expect(graph.constant(id) != nil && result.graph.constant(id) == nil)
  }
}
