import Graphs
import Quantization
import Tensors
import Testing
import _TestSupport

@Suite struct ErrorFeedbackRoundingTests {
  /// A covariance of neighbours that vary together, in double precision.
  private static func covariance(_ width: Int) -> [Double] {
    (0..<width * width).map { index in
      let (i, j) = (index / width, index % width)
      let (x, y) = (Double(1 + i % 3), Double(1 + j % 3))
      let correlation: Double = i == j ? 1 : 0.9 / Double(1 + abs(i - j))
      return 40 * x * y * correlation
    }
  }

  /// e H e', the variance of the output's error.
  private static func variance(_ errors: [Double], _ covariance: [Double]) -> Double {
    var sum = 0.0
    for (i, one) in errors.enumerated() {
      for (j, other) in errors.enumerated() { sum += one * other * covariance[i * errors.count + j] }
    }
    return sum
  }

  @Test(arguments: [3, 17, 64]) func outputsAreNearerThanWithNearestRounding(_ width: Int) throws {
    let covariance = Self.covariance(width)
    let rounding = try #require(
      ErrorFeedbackRounding(InputCovariance(width: width, values: covariance.map { Float($0) })))
    var random = SeededGenerator(seed: 7)
    var (fed, nearest) = (0.0, 0.0)
    for _ in 0..<40 {
      let weights = (0..<width).map { _ in Float.random(in: -120...120, using: &random) }
      let integers = rounding.rounded(weights)
      fed += Self.variance(zip(weights, integers).map { Double($0) - Double($1) }, covariance)
      nearest += Self.variance(weights.map { Double($0) - Double($0.rounded(.toNearestOrEven)) }, covariance)
    }
    #expect(fed < 0.9 * nearest)
  }

  /// Without any covariance there is nothing to make up for.
  @Test func independentInputsAreRoundedToNearest() throws {
    let identity = (0..<25).map { Float($0 % 6 == 0 ? 100 : 0) }
    let rounding = try #require(ErrorFeedbackRounding(InputCovariance(width: 5, values: identity)))
    #expect(rounding.rounded([0.4, -1.6, 2.5, 126.9, -300]) == [0, -2, 2, 127, -127])
  }

  /// Two inputs that are always equal: the errors of the two weights take each other away. With the larger variance
  /// first, 0.4 becomes 0, and the other weight takes its error of 0.4 over: 0.4 + 0.4 rounds to 1.
  @Test func errorOfOneWeightGoesToTheOther() throws {
    let rounding = try #require(ErrorFeedbackRounding(InputCovariance(width: 2, values: [100, 100, 100, 100.5])))
    let integers = rounding.rounded([0.4, 0.4])
    #expect(integers == [1, 0])
  }

  @Test func covarianceIsThatOfTheRows() throws {
    var graph = Graph(name: "conv")
    let input = graph.addInput("x", ValueType(.float32, try Shape([1, 2, 5, 6])))
    let weights = graph.addConstant("w", try Tensor(shape: Shape([3, 2, 2, 3]), [Float](repeating: 1, count: 36)))
    graph.outputs = graph.append(
      try OperatorCatalog.make(
        "Conv", node: "c", opset: 18, attributes: ["pads": .integers([1, 0, 0, 1]), "strides": .integers([2, 1])]),
      name: "c", inputs: [input, weights])
    try graph.inferTypes()
    let rows = try #require(InputRows(of: graph.outputs[0], in: graph))
    #expect(rows.width == 12)
    var random = SeededGenerator(seed: 3)
    let samples = (0..<7).map { _ in (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) } }
    // Output positions y 0 ..< 3 and x 0 ..< 5; the padding stands for 9.
    var matrix: [[Double]] = []
    for sample in samples {
      for place in 0..<15 {
        let (top, left) = (place / 5 * 2 - 1, place % 5)
        matrix.append(
          (0..<12).map { column in
            let (channel, y, x) = (column / 6, top + column % 6 / 3, left + column % 3)
            return (0..<5).contains(y) && (0..<6).contains(x) ? Double(sample[(y * 6 + x) * 2 + channel]) : 9
          })
      }
    }
    let found = try #require(
      try InputCovariance(
        rows, stored: samples.map { try Tensor(shape: Shape([1, 5, 6, 2]), $0) }, zeroPoint: 9, threads: 2))
    let means = (0..<12).map { column in matrix.reduce(0) { $0 + $1[column] } / Double(matrix.count) }
    for i in 0..<12 {
      for j in 0..<12 {
        var sum = 0.0
        for row in matrix { sum += (row[i] - means[i]) * (row[j] - means[j]) }
        let wanted = sum / Double(matrix.count)
        #expect(abs(Double(found.values[i * 12 + j]) - wanted) < 0.01)
      }
    }
  }
}
