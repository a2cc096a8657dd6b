import Foundation
import Graphs
import Quantization
import Synchronization
import Tensors
import Testing

@Suite struct QuantizationStagesTests {
  private static let extents = [1, 3, 12, 12]

  /// Keeps stages as a disk would, and can stop the work after some.
  private final class Shelf: QuantizationStages {
    struct State {
      var kept: [String: Data] = [:]
      var found: [String] = []
      var computed: [String] = []
    }

    let state = Mutex(State())
    let limit: Int

    init(limit: Int = .max, kept: [String: Data] = [:]) {
      self.limit = limit
      state.withLock { $0.kept = kept }
    }

    var isFull: Bool { state.withLock { $0.computed.count >= limit } }

    func value<Value: Codable>(of stage: String) -> Value? {
      guard let data = state.withLock({ $0.kept[stage] }) else { return nil }
      state.withLock { $0.found.append(stage) }
      return try? JSONDecoder().decode(Value.self, from: data)
    }

    func keep<Value: Codable>(_ value: Value, of stage: String) {
      guard !isFull, let data = try? JSONEncoder().encode(value) else { return }
      state.withLock { state in
        state.kept[stage] = data
        state.computed.append(stage)
      }
    }
  }

  private static func quantize(
    _ method: BiasCorrectionMethod, _ stages: Shelf, feedback: Bool = true
  ) throws -> QuantizationResult {
    let all = ExampleNets.samples(12, extents)
    // One sample cannot be read, and who gives the samples is told so in every run.
    let some = CalibrationSamples(count: 12) { $0 == 5 ? nil : try all.tensors($0) }
    return try Quantizer(QuantizationConfiguration(hasErrorFeedback: feedback, biasCorrection: method)).quantize(
      ExampleNets.mobile.make(), calibration: some, threads: 2, stages: stages)
  }

  private static func isSame(_ one: QuantizationResult, _ other: QuantizationResult) -> Bool {
    one.graph.text == other.graph.text && one.graph.values.map(\.constant) == other.graph.values.map(\.constant)
      && one.parameters == other.parameters && one.calibratedSamples == other.calibratedSamples
  }

  /// Whatever stages a run that was cut off has left: the next one comes to the same result and computes only the others.
  @Test(arguments: BiasCorrectionMethod.allCases, [true, false])
  func goesOnFromEveryStage(_ method: BiasCorrectionMethod, _ feedback: Bool) throws {
    let whole = Shelf()
    let result = try Self.quantize(method, whole, feedback: feedback)
    let stages = whole.state.withLock { $0.computed }
    #expect(stages.first == "channels" && stages.contains("statistics"))
    let isSequential = method == .sequential || feedback
    #expect(stages.contains("layer 0") == isSequential)
    for count in 0...stages.count {
      let cut = Shelf(limit: count)
      _ = try Self.quantize(method, cut, feedback: feedback)
      let left = cut.state.withLock { $0.kept }
      #expect(left.count == count)
      let resumed = Shelf(kept: left)
      #expect(Self.isSame(try Self.quantize(method, resumed, feedback: feedback), result))
      #expect(resumed.state.withLock { Set($0.computed) } == Set(stages).subtracting(left.keys))
    }
  }

  @Test func samplesThatCannotBeReadAreAskedForAgain() throws {
    let shelf = Shelf()
    _ = try Self.quantize(.sequential, shelf)
    let asked = Mutex<Set<Int>>([])
    let all = ExampleNets.samples(12, Self.extents)
    let some = CalibrationSamples(count: 12) { index in
      asked.withLock { _ = $0.insert(index) }
      return index == 5 ? nil : try all.tensors(index)
    }
    let result = try Quantizer(QuantizationConfiguration()).quantize(
      ExampleNets.mobile.make(), calibration: some, stages: Shelf(kept: shelf.state.withLock { $0.kept }))
    #expect(asked.withLock { $0 } == [5] && result.calibratedSamples == 11)
  }

}
