#if canImport(Glibc)
  import Glibc
#endif

/// How far a tensor lies from the one that it should be.
public struct TensorDistance: Sendable, Hashable {
  /// mean((reference - value)²).
  public let meanSquaredError: Double
  /// The root of the mean squared error divided by the range of the reference, max - min; 0 where both are 0.
  public let normalizedRootMeanSquaredError: Double
  /// Signal to quantization noise in decibels, 10 log10(Σ reference² / Σ (reference - value)²); infinite without noise.
  public let signalToNoise: Double
  /// Σ reference value / (|reference| |value|); 1 where both are 0.
  public let cosineSimilarity: Double
  /// Σ p ln(p / q) in nats, where p and q are the reference and the value as probabilities: as they are where both are,
  /// otherwise their softmax. Nil for several pictures or positions, where there is no one distribution.
  public let divergence: Double?
  /// max |reference - value|.
  public let maximumDifference: Double

  /// Measures the distance of two tensors of the same number of elements.
  public init(reference: [Float], value: [Float]) {
    var sums = DistanceSums()
    sums.add(reference: reference, value: value)
    self.init(sums, divergence: Self.divergence(reference, value))
  }

  /// The distance of all that was added up.
  init(_ sums: DistanceSums, divergence: Double? = nil) {
    let count = Double(max(sums.count, 1))
    meanSquaredError = sums.squaredError / count
    let range = sums.count > 0 ? sums.high - sums.low : 0
    let root = meanSquaredError.squareRoot()
    normalizedRootMeanSquaredError = root == 0 ? 0 : root / range
    signalToNoise =
      sums.squaredError == 0 ? .infinity : 10 * log10(sums.squaredReference / sums.squaredError)
    let norms = (sums.squaredReference * sums.squaredValue).squareRoot()
    cosineSimilarity =
      norms > 0 ? min(max(sums.product / norms, -1), 1) : (sums.squaredReference == sums.squaredValue ? 1 : 0)
    self.divergence = divergence
    maximumDifference = sums.maximum
  }

  private static func divergence(_ reference: [Float], _ value: [Float]) -> Double? {
    guard reference.count > 1, reference.count == value.count else { return nil }
    let areProbabilities = Scores(reference).areProbabilities && Scores(value).areProbabilities
    let p = areProbabilities ? reference.map(Double.init) : softmax(reference)
    let q = areProbabilities ? value.map(Double.init) : softmax(value)
    var sum = 0.0
    for (p, q) in zip(p, q) where p > 0 { sum += p * (log(p) - log(max(q, 1e-30))) }
    return max(sum, 0)
  }

  private static func softmax(_ values: [Float]) -> [Double] {
    let high = Double(values.max() ?? 0)
    let powers = values.map { exp(Double($0) - high) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// What distances are made of, added up over elements.
struct DistanceSums: Sendable {
  var count = 0
  var squaredError = 0.0
  var squaredReference = 0.0
  var squaredValue = 0.0
  var product = 0.0
  var maximum = 0.0
  var low = Double.infinity
  var high = -Double.infinity

  mutating func add(reference: [Float], value: [Float]) {
    for (a, b) in zip(reference, value) { add(Double(a), Double(b)) }
  }

  mutating func add(_ a: Double, _ b: Double) {
    let difference = a - b
    count += 1
    squaredError += difference * difference
    squaredReference += a * a
    squaredValue += b * b
    product += a * b
    maximum = max(maximum, abs(difference))
    low = min(low, a)
    high = max(high, a)
  }

  mutating func merge(_ other: DistanceSums) {
    count += other.count
    squaredError += other.squaredError
    squaredReference += other.squaredReference
    squaredValue += other.squaredValue
    product += other.product
    maximum = max(maximum, other.maximum)
    low = min(low, other.low)
    high = max(high, other.high)
  }
}
