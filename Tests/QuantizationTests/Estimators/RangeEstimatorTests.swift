import Graphs
import Quantization
import Tensors
import Testing

/// The scale that each estimator gives the input of a layer, against a search on the samples themselves.
@Suite struct RangeEstimatorTests {
  private static let sampleCount = 6
  private static let extents = [1, 2, 90, 90]

  /// Uniform numbers, more widely spread from sample to sample, and a single one far out.
  private static func values(_ sample: Int, isSigned: Bool) throws -> [Float] {
    let tensors = try ExampleNets.samples(sampleCount, extents).tensors(sample)
    var values = (tensors?[0].floats ?? []).map { ($0 * (0.7 + 0.06 * Float(sample))) }
    if sample == 2 { values[77] = 3 }
    return isSigned ? values : values.map { abs($0) }
  }

  private static func parameters(
    _ estimator: RangeEstimator, _ preset: QuantizationPreset, isSigned: Bool
  ) throws -> QuantizationParameters {
    var net = ExampleNets("one")
    let y = try net.conv("conv", net.input(extents), 2, 3)
    let configuration = QuantizationConfiguration(preset: preset, rangeEstimator: estimator, biasCorrection: .none)
    let shape = try Shape(extents)
    let result = try Quantizer(configuration).quantize(
      net.finished(y),
      calibration: CalibrationSamples(count: sampleCount) { [try Tensor(shape: shape, values($0, isSigned: isSigned))] }
    )
    return try #require(result.parameters["x"])
  }

  @Test(arguments: QuantizationPreset.allCases, [true, false])
  func minMaxAndItsMean(_ preset: QuantizationPreset, _ isSigned: Bool) throws {
    let samples = try (0..<Self.sampleCount).map { try Self.values($0, isSigned: isSigned) }
    let minima = samples.map { Double($0.min() ?? 0) }
    let maxima = samples.map { Double($0.max() ?? 0) }
    func expected(_ lower: Double, _ upper: Double) throws -> QuantizationParameters {
      preset == .mixed ? try .asymmetric(lower...upper) : try .symmetric(lower...upper)
    }
    let least = try #require(minima.min()), largest = try #require(maxima.max())
    #expect(try Self.parameters(.minMax, preset, isSigned: isSigned) == expected(least, largest))
    let count = Double(Self.sampleCount)
    #expect(
      try Self.parameters(.meanMinMax, preset, isSigned: isSigned)
        == expected(minima.reduce(0, +) / count, maxima.reduce(0, +) / count))
  }

  @Test func medianAndMeanWithoutOutliers() throws {
    let maxima = try (0..<Self.sampleCount).map { Double(try Self.values($0, isSigned: false).max() ?? 0) }.sorted()
    let median = (maxima[2] + maxima[3]) / 2 / 255
    #expect(abs(Double(try Self.parameters(.medianMinMax, .performance, isSigned: false).scales[0]) - median) < 1e-6)
    // The hundredth part of six samples lies inside the first and the last of them.
    let mean = maxima.dropFirst().dropLast().reduce(0, +) / 4 / 255
    #expect(abs(Double(try Self.parameters(.noOutliers, .performance, isSigned: false).scales[0]) - mean) < 1e-6)
  }

  /// The single number far out is left out, the bulk is kept.
  @Test func divergenceKeepsTheBulk() throws {
    let sorted = try (0..<Self.sampleCount).flatMap { try Self.values($0, isSigned: false) }.sorted()
    let bulk = Double(sorted[Int(0.99 * Double(sorted.count))])
    let bound = Double(try Self.parameters(.kl, .performance, isSigned: false).scales[0]) * 255
    #expect(bound > 0.8 * bulk && bound < 2.9)
  }

  @Test func quantileCutsTheTails() throws {
    let sorted = try (0..<Self.sampleCount).flatMap { try Self.values($0, isSigned: false) }.sorted()
    let wanted = Double(sorted[Int(0.9999 * Double(sorted.count))]) / 255
    let found = Double(try Self.parameters(.quantile, .performance, isSigned: false).scales[0])
    #expect(abs(found - wanted) < 0.002 * wanted)
  }

  /// No clipping that is tried on the numbers themselves errs less by more than a hundredth.
  @Test(arguments: QuantizationPreset.allCases, [true, false])
  func squaredErrorIsLeast(_ preset: QuantizationPreset, _ isSigned: Bool) throws {
    let values = try (0..<Self.sampleCount).flatMap { try Self.values($0, isSigned: isSigned) }.map(Double.init)
    func error(_ parameters: QuantizationParameters) -> Double {
      let (scale, zero) = (Double(parameters.scales[0]), Double(parameters.zeroPoints[0]))
      return values.reduce(0) { sum, value in
        let level = min(max((value / scale).rounded(.toNearestOrEven) + zero, 0), 255) - zero
        return sum + (value - level * scale) * (value - level * scale)
      }
    }
    let full = try #require(values.min())...(try #require(values.max()))
    var least = Double.infinity
    for lower in (isSigned ? stride(from: 0.3, through: 1, by: 0.07) : stride(from: 1, through: 1, by: 1)) {
      for upper in stride(from: 0.3, through: 1, by: 0.07) {
        let range = full.lowerBound * lower...full.upperBound * upper
        least = min(least, error(preset == .mixed ? try .asymmetric(range) : try .symmetric(range)))
      }
    }
    let found = try Self.parameters(.mse, preset, isSigned: isSigned)
    #expect(error(found) <= least * 1.01)
    let whole = preset == .mixed ? try QuantizationParameters.asymmetric(full) : try .symmetric(full)
    #expect(error(found) < 0.95 * error(whole))
  }
}
