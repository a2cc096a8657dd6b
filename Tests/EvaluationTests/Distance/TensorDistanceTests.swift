import Evaluation
import Testing

@Suite("Tensor distance")
struct TensorDistanceTests {
  /// Reference, value, and NumPy's results in float64: MSE, NRMSE, SQNR, cosine, KL, maximum.
  static let cases: [([Float], [Float], [Double])] = [
    (
      [1, -2, 3, 0.5], [1.1, -1.8, 2.7, 0.5],
      [
        0.03499999880790838, 0.03741657323053964, 20.076868434582572, 0.9983745181349658, 0.011169645271851577,
        0.2999999523162842,
      ]
    ),
    // Probabilities are taken as they are.
    (
      [0.7, 0.2, 0.1, 0], [0.6, 0.25, 0.1, 0.05],
      [
        0.0037499981559816244, 0.08748175650870631, 15.563027021026114, 0.9903751397184205, 0.06327672635740351,
        0.09999996423721313,
      ]
    ),
  ]

  @Test(arguments: cases) func agreesWithNumPy(reference: [Float], value: [Float], expected: [Double]) {
    let distance = TensorDistance(reference: reference, value: value)
    let measures = [
      distance.meanSquaredError, distance.normalizedRootMeanSquaredError, distance.signalToNoise,
      distance.cosineSimilarity, distance.divergence ?? -1, distance.maximumDifference,
    ]
    for (measure, number) in zip(measures, expected) { #expect(abs(measure - number) <= 1e-12 * max(1, abs(number))) }
  }

  @Test func equalTensorsHaveNoNoise() {
    let distance = TensorDistance(reference: [1, 2, -3], value: [1, 2, -3])
    #expect(distance.meanSquaredError == 0 && distance.normalizedRootMeanSquaredError == 0)
    #expect(distance.signalToNoise == .infinity && distance.cosineSimilarity == 1)
    #expect(distance.divergence == 0 && distance.maximumDifference == 0)
    #expect(TensorDistance(reference: [0, 0], value: [0, 0]).cosineSimilarity == 1)
    #expect(TensorDistance(reference: [4], value: [5]).divergence == nil)
  }
}
