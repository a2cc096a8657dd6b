import Datasets
import Evaluation
import Testing

@Suite("Comparison with annotations")
struct AnnotationComparisonTests {
  /// Four pictures of three classes; annotated 0, 1, 2 and 7, the last of which the model does not have.
  private func predictions() throws -> Predictions {
    let samples = [("a", 0), ("b", 1), ("c", 2), ("d", 7)].map {
      Sample(path: "\($0.0).png", annotation: .classIndex($0.1))
    }
    return try Predictions(
      samples: samples, outputCount: 3, values: [0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 1, 0, 0])
  }

  @Test func byHand() throws {
    let comparison = try AnnotationComparison(predictions())
    #expect(comparison.rows.map(\.rank) == [0, 1, 1, -1])
    #expect(comparison.rows.map(\.isErroneous) == [false, true, true, true])
    #expect(comparison.rows.map(\.confidenceInAnnotatedClass) == [0.5, 0.25, 0.25, 0])
    #expect(comparison.top1 == 0.25 && comparison.top5 == 0.75)
    #expect(comparison.meanRank == 2.0 / 3 && comparison.medianRank == 1)
    #expect(comparison.errors.map(\.classIndex) == [1, 2, 7])
    #expect(comparison.errors.first?.confusions.map(\.classIndex) == [0])
  }

  @Test func offsetShiftsAnnotations() throws {
    let comparison = try AnnotationComparison(predictions(), offset: 1)
    #expect(comparison.rows.map(\.annotatedClass) == [1, 2, 3, 8])
    #expect(comparison.rows.map(\.rank) == [1, 1, -1, -1])
  }

  @Test func needsAnnotations() throws {
    let predictions = try Predictions(samples: [Sample(path: "a.png")], outputCount: 1, values: [1])
    #expect(throws: EvaluationError.self) { try AnnotationComparison(predictions) }
  }

  @Test func disagreementsAreCountedByClass() throws {
    let samples = (0..<5).map { Sample(path: "\($0).png") }
    let parent = try Predictions(
      samples: samples, outputCount: 3, values: [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1])
    let optimized = try Predictions(
      samples: samples, outputCount: 3, values: [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1])
    let comparison = try PredictionComparison(optimized: optimized, parent: parent)
    #expect(comparison.disagreements.map(\.classIndex) == [1, 0])
    #expect(comparison.disagreements.map(\.errorCount) == [2, 1])
    #expect(comparison.disagreements.map(\.count) == [2, 2])
    #expect(comparison.disagreements[0].confusions.map(\.classIndex) == [0, 2])
    #expect(comparison.medianRank == 1 && abs(comparison.meanRank - 0.6) < 1e-12)
  }

  @Test(arguments: [([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([], 0), ([7], 7)] as [([Double], Double)])
  func medians(values: [Double], median: Double) { #expect(values.median == median) }
}
