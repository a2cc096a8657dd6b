import Quantization
import Tensors
import Testing
import _TestSupport

/// Scales and zero points as NNCF's formulas give them, worked out with NumPy.
@Suite struct RangeFormulaTests {
  struct Case: Sendable {
    let range: ClosedRange<Double>
    let symmetric: (scale: Double, zeroPoint: Int32)
    let asymmetric: (scale: Double, zeroPoint: Int32)
  }

  static let cases = [
    Case(range: 0...6, symmetric: (0.023529411764705882, 0), asymmetric: (0.023529411764705882, 0)),
    Case(range: -1...1, symmetric: (0.007874015748031496, 128), asymmetric: (0.007874015748031496, 128)),
    Case(range: -0.5...3.25, symmetric: (0.025590551181102362, 128), asymmetric: (0.014705882352941176, 34)),
    Case(range: -2.7...0.31, symmetric: (0.02125984251968504, 128), asymmetric: (0.011923076923076923, 229)),
    Case(range: -3 ... -1, symmetric: (0.023622047244094488, 128), asymmetric: (0.011764705882352941, 255)),
    Case(range: 1...5, symmetric: (0.0196078431372549, 0), asymmetric: (0.0196078431372549, 0)),
    Case(range: 0...0, symmetric: (3.1372549019607846e-06, 0), asymmetric: (6.299212598425197e-06, 128)),
    Case(range: -1e-4...2e-4, symmetric: (6.299212598425197e-06, 128), asymmetric: (7.462686567164179e-06, 121)),
    Case(range: -117.3...41.9, symmetric: (0.9236220472440945, 128), asymmetric: (0.6253731343283582, 188)),
    Case(range: 0...1e-5, symmetric: (3.1372549019607846e-06, 0), asymmetric: (6.3281250000000005e-06, 127)),
    Case(range: -6...0, symmetric: (0.047244094488188976, 128), asymmetric: (0.023529411764705882, 255)),
  ]

  @Test(arguments: cases) func scaleAndZeroPoint(_ example: Case) throws {
    let symmetric = try QuantizationParameters.symmetric(example.range)
    #expect(abs(Double(symmetric.scales[0]) / example.symmetric.scale - 1) < 1e-6)
    #expect(symmetric.zeroPoints == [example.symmetric.zeroPoint])
    let asymmetric = try QuantizationParameters.asymmetric(example.range)
    #expect(abs(Double(asymmetric.scales[0]) / example.asymmetric.scale - 1) < 1e-6)
    #expect(asymmetric.zeroPoints == [example.asymmetric.zeroPoint])
    #expect(symmetric.elementType == .uint8 && asymmetric.elementType == .uint8)
  }

  /// Widening never cuts a range by more than half a level, and 0 is a level.
  @Test func randomRangesKeepTheirEnds() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let ends = (0..<2).map { _ in Double.random(in: -50...50, using: &generator) }.sorted()
      for parameters in [
        try QuantizationParameters.symmetric(ends[0]...ends[1]), try .asymmetric(ends[0]...ends[1]),
      ] {
        let (scale, zero) = (Double(parameters.scales[0]), Double(parameters.zeroPoints[0]))
        #expect((0...255).contains(zero))
        #expect(-zero * scale <= min(ends[0], 0) + 0.5 * scale)
        #expect((255 - zero) * scale >= max(ends[1], 0) - 0.5 * scale)
      }
    }
  }

  @Test(arguments: [-Double.infinity...1, 0...Double.infinity, -1e300...1e300])
  func rangesWithoutAScaleAreRefused(_ range: ClosedRange<Double>) {
    #expect(throws: TensorError.self) { try QuantizationParameters.symmetric(range) }
    #expect(throws: TensorError.self) { try QuantizationParameters.asymmetric(range) }
  }
}
