import Quantization
import Testing
import _TestSupport

@Suite struct HistogramTests {
  private static func histogram(_ values: some Sequence<Float>) -> Histogram {
    var histogram = Histogram()
    for value in values {
      histogram.reserve(magnitude: abs(value))
      histogram.add([value].span)
    }
    return histogram
  }

  private static func values(_ count: Int) -> [Float] {
    var generator = SeededGenerator(seed: 5)
    return (0..<count).map { _ in
      let uniform = Float.random(in: -1...1, using: &generator)
      return uniform * uniform * uniform * 40
    }
  }

  @Test func neitherOrderNorDivisionMatters() {
    let values = Self.values(3000) + [0, 0, -0.0, 1e-30, 300]
    let whole = Self.histogram(values)
    #expect(whole == Self.histogram(values.reversed()))
    #expect(whole == Self.histogram(values.sorted()))
    var merged = Self.histogram(values[2500...])
    merged.merge(Self.histogram(values[..<1000]))
    merged.merge(Self.histogram([]))
    merged.merge(Self.histogram(values[1000..<2500]))
    #expect(merged == whole)
    #expect(whole.total == values.count && whole.zeroCount == 3)
  }

  /// 2048 bins of a power of two reach the largest magnitude, and half as many would not.
  @Test(arguments: [(Float(1), -10), (6, -8), (0.999, -11), (2047.9, 0), (2048, 1), (3e38, 117)])
  func binWidthIsAPowerOfTwo(_ magnitude: Float, _ exponent: Int) {
    #expect(Self.histogram([magnitude]).exponent == exponent)
  }

  @Test(arguments: [Float.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude])
  func extremeMagnitudesAreCounted(_ magnitude: Float) {
    let histogram = Self.histogram([magnitude, -magnitude, 0])
    #expect(histogram.total == 3 && histogram.counts.reduce(0, +) == 2)
  }

  @Test(arguments: [1e-3, 0.01, 0.25, 0.5, 0.9, 0.999])
  func quantilesAreWithinABinOfTheSortedNumbers(_ share: Double) {
    let values = Self.values(20_000)
    let histogram = Self.histogram(values)
    let exact = Double(values.sorted()[Int(share * Double(values.count))])
    #expect(abs(histogram.quantile(share) - exact) <= histogram.binWidth)
  }

  @Test func quantileOfZerosIsZero() {
    #expect(Self.histogram([0, 0, 0]).quantile(0.5) == 0)
    #expect(Self.histogram([-1, 0, 0, 0, 1]).quantile(0.5) == 0)
  }
}
