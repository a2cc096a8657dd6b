import Datasets
import Evaluation
import Testing

@Suite("Scores")
struct ScoresTests {
  @Test(arguments: [
    ([0.1, 0.7, 0.2] as [Float], 1, [0, 1, 2], [2, 0, 1]),
    ([0.4, 0.4, 0.2], 0, [0, 1, 2], [0, 0, 2]),
    ([-3, -1, -2], 1, [0, 1, 2], [2, 0, 1]),
    ([.nan, 0.5, 0.2], 1, [0, 1, 2], [2, 0, 1]),
    ([0.5], 0, [0, 1, -1], [0, -1, -1]),
  ])
  func bestAndRanks(values: [Float], best: Int, classes: [Int], ranks: [Int]) {
    let scores = Scores(values)
    #expect(scores.best == best)
    #expect(classes.map(scores.rank) == ranks)
  }

  @Test func topIsSortedAndTiesGoByIndex() {
    let scores = Scores([0.2, 0.3, 0.2, 0.3] as [Float])
    #expect(scores.top(3).map(\.classIndex) == [1, 3, 0])
    #expect(scores.top(9).count == 4)
    #expect(scores.top(-1).isEmpty)
    #expect(scores.areProbabilities)
    #expect(!Scores([2, 3] as [Float]).areProbabilities)
  }

  @Test func comparisonByHand() throws {
    let samples = ["a.png", "b.png", "c.png"].map { Sample(path: $0) }
    let parent = try Predictions(samples: samples, outputCount: 3, values: [0.9, 0.1, 0, 0.2, 0.5, 0.3, 0, 0.4, 0.6])
    let optimized = try Predictions(
      samples: samples, outputCount: 3, values: [0.8, 0.2, 0, 0.25, 0.25, 0.5, 0.1, 0.5, 0.4])
    let comparison = try PredictionComparison(optimized: optimized, parent: parent)
    #expect(comparison.rows.map(\.optimizedClass) == [0, 2, 1])
    #expect(comparison.rows.map(\.parentClass) == [0, 1, 2])
    #expect(comparison.rows.map(\.rank) == [0, 1, 1])
    #expect(comparison.rows.map(\.confidence) == [0.8, 0.5, 0.5])
    #expect(comparison.rows.map(\.confidenceInParentClass) == [0.8, 0.25, 0.4])
    #expect(comparison.agreementCount == 1)
    #expect(abs(comparison.meanConfidenceChange - (-0.1 - 0.25 - 0.2) / 3) < 1e-7)
    #expect(abs(comparison.meanRank - 2.0 / 3) < 1e-12)
  }

  @Test func predictionsOfOtherPicturesAreNotCompared() throws {
    let one = try Predictions(samples: [Sample(path: "a.png")], outputCount: 2, values: [0, 1])
    let other = try Predictions(samples: [Sample(path: "b.png")], outputCount: 2, values: [0, 1])
    #expect(throws: EvaluationError.self) { try PredictionComparison(optimized: one, parent: other) }
    #expect(throws: EvaluationError.self) {
      try Predictions(samples: [Sample(path: "a.png")], outputCount: 2, values: [0])
    }
  }
}
