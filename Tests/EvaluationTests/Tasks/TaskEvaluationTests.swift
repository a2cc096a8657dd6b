import Datasets
import Evaluation
import Tensors
import Testing

@Suite struct TaskEvaluationTests {
  private let preprocessing = try? Preprocessing(
    PreprocessingOptions(resize: .stretch(ImageSize(100))), inputShape: Shape([1, 3, 100, 100]))

  private func box(_ left: Double) -> BoundingBox {
    BoundingBox(left: left, top: 0, right: left + 10, bottom: 10)
  }

  /// Pictures with an object of class 0 each; of all but every third a detection is right, and each has a wrong one.
  private func predictions(_ count: Int) -> TaskPredictions {
    TaskPredictions(
      samples: (0..<count).map { index in
        Sample(
          path: "\(index).png", annotation: Annotation(objects: [AnnotatedObject(classIndex: 0, box: box(20))]))
      },
      items: (0..<count).map { index in
        let right = Detection(classIndex: 1, score: 0.9, box: box(20))
        let wrong = Detection(classIndex: 1, score: 0.5, box: box(60))
        return .init(
          size: ImageSize(100), prediction: .detections(index.isMultiple(of: 3) ? [wrong] : [right, wrong]))
      })
  }

  @Test func `a detector's figures are counted by hand`() throws {
    let preprocessing = try #require(preprocessing)
    let evaluation = DetectionEvaluation(
      predictions(30), mapping: ClassMapping(offset: -1), preprocessing: preprocessing)
    let result = try #require(evaluation.classes.first)
    #expect(evaluation.classes.count == 1 && result.objectCount == 30)
    #expect((result.truePositiveCount, result.falsePositiveCount) == (20, 30))
    // 20 of 30 objects come first, at a precision of 1.
    #expect(abs((evaluation.figures[0].value ?? 0) - 20.0 / 30) < 1e-12)
    #expect(abs((result.precision ?? 0) - 0.4) < 1e-12 && abs((result.recall ?? 0) - 20.0 / 30) < 1e-12)
    let interval = try #require(evaluation.figures[0].interval)
    // The average precision is the share of pictures whose object is found: 0.667, with a deviation of sqrt(0.222 / 30).
    #expect(abs(interval.lower - (20.0 / 30 - 1.96 * 0.0861)) < 0.05)
    #expect(abs(interval.upper - (20.0 / 30 + 1.96 * 0.0861)) < 0.05)
    let again = DetectionEvaluation(predictions(30), mapping: ClassMapping(offset: -1), preprocessing: preprocessing)
    #expect(again.figures == evaluation.figures)
  }

  @Test func `both rules have intervals that hold their figure`() throws {
    let preprocessing = try #require(preprocessing)
    let evaluation = DetectionEvaluation(
      predictions(12), mapping: ClassMapping(offset: -1), metric: .coco, preprocessing: preprocessing)
    let (value, interval) = (try #require(evaluation.figures[0].value), try #require(evaluation.figures[0].interval))
    // Recalls up to 8 of 12 have a precision of 1: 67 of 101.
    #expect(abs(value - 67.0 / 101) < 1e-12)
    #expect(interval.lower <= value && value <= interval.upper && interval.lower < interval.upper)
  }

  @Test func `points and pairs are judged`() throws {
    let eyes = [ImagePoint(x: 0, y: 0), ImagePoint(x: 10, y: 0)]
    let moved = eyes.map { ImagePoint(x: $0.x, y: $0.y + 1) }
    let landmarks = try LandmarkEvaluation(
      TaskPredictions(
        samples: [Sample(path: "a", annotation: Annotation(landmarks: eyes)), Sample(path: "b")],
        items: [moved, moved].map { .init(size: ImageSize(20), prediction: .landmarks($0)) }))
    #expect(landmarks.figures[0].value == 0.1)
    #expect(landmarks.skipped.map(\.path) == ["b"])
  }
}
