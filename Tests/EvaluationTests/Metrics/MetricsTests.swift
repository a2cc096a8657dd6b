import Datasets
import Evaluation
import Foundation
import Testing

/// Metrics beside what pycocotools, scikit-image and NumPy computed of the same inputs (`Fixtures/make-metrics.py`).
@Suite struct MetricsTests {
  private struct Fixture: Decodable {
    struct Entry: Decodable {
      let `class`: Int
      let box: [Double]
      let polygon: [Double]
      let difficult: Bool?
      let crowd: Bool?
      let score: Double?

      var edges: BoundingBox { BoundingBox(left: box[0], top: box[1], right: box[2], bottom: box[3]) }
      var outline: AnnotatedObject.Outline {
        .polygons([stride(from: 0, to: polygon.count, by: 2).map { ImagePoint(x: polygon[$0], y: polygon[$0 + 1]) }])
      }
    }
    struct Picture: Decodable {
      let objects: [Entry]
      let detections: [Entry]
    }
    struct Segmentation: Decodable {
      let expected: [Int]
      let predicted: [Int]
      let classes: Int
      let meanIoU: Double
      let accuracy: Double
      let recall: [Double]
      let precision: [Double]
      let f1: [Double]
    }
    struct Quality: Decodable {
      let width: Int
      let height: Int
      let image: [UInt8]
      let reference: [UInt8]
      let psnr: Double
      let wholeSSIM: Double
      let windowedSSIM: Double
    }
    struct Faces: Decodable {
      let points: [[Double]]
      let reference: [[Double]]
      let normedError: Double
      let distances: [Double]
      let same: [Bool]
      let pairwiseAccuracy: Double
      let vectors: [[Float]]
      let distance: Double
    }
    let width: Int
    let height: Int
    let samples: [Picture]
    let vocArea: [String: Double]
    let vocEleven: [String: Double]
    let cocoBoxes: [String: Double]
    let cocoMasks: [String: Double]
    let polygonAreas: [Int]
    let segmentation: Segmentation
    let quality: Quality
    let faces: Faces
  }

  private let fixture: Fixture
  private var size: ImageSize { ImageSize(width: fixture.width, height: fixture.height) }

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/metrics.json").standardizedFileURL
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private var samples: [DetectionSample] {
    fixture.samples.map { picture in
      DetectionSample(
        objects: picture.objects.map {
          AnnotatedObject(
            classIndex: $0.class, box: $0.edges, outline: $0.outline, isDifficult: $0.difficult ?? false,
            isCrowd: $0.crowd ?? false)
        },
        detections: picture.detections.map {
          Detection(
            classIndex: $0.class, score: $0.score ?? 0, box: $0.edges, mask: InstanceMask($0.outline, size: size))
        }, size: size)
    }
  }

  private func areEqual(_ a: Double?, _ b: Double?, within tolerance: Double = 1e-9) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance
  }

  @Test func `Mean average precision is that of VOC's development kit`() {
    for (integral, expected) in [
      (MeanAveragePrecision.Integral.area, fixture.vocArea), (.elevenPoints, fixture.vocEleven),
    ] {
      let result = MeanAveragePrecision(of: samples, integral: integral)
      for entry in result.classes {
        #expect(areEqual(entry.averagePrecision, expected["\(entry.classIndex)"]), "\(entry)")
      }
      #expect(areEqual(result.value, expected.values.reduce(0, +) / Double(expected.count)))
    }
  }

  @Test func `Average precision of boxes and masks is that of pycocotools`() {
    for (kind, expected) in [(COCOAveragePrecision.Kind.boxes, fixture.cocoBoxes), (.masks, fixture.cocoMasks)] {
      let all = COCOAveragePrecision(of: samples, kind: kind)
      #expect(areEqual(all.value(), expected["all"]), "\(all.value() ?? -1) \(expected)")
      #expect(areEqual(all.value(atThreshold: 0.5), expected["at50"]))
      #expect(areEqual(all.value(atThreshold: 0.75), expected["at75"]))
      #expect(areEqual(all.averageRecall, expected["recall100"]))
      for limit in [1, 3] {
        let few = COCOAveragePrecision(of: samples, kind: kind, detectionLimit: limit)
        #expect(areEqual(few.averageRecall, expected["recall\(limit)"]))
      }
      for (name, areas) in [("small", 0.0...1024), ("medium", 1024...9216), ("large", 9216...1e10)] {
        let part = COCOAveragePrecision(of: samples, kind: kind, areas: areas)
        #expect(areEqual(part.value() ?? -1, expected[name]), "\(name)")
      }
    }
  }

  @Test func `Polygons are filled as pycocotools fills them`() {
    let areas = fixture.samples.flatMap(\.objects).map { InstanceMask($0.outline, size: size)?.area }
    #expect(areas == fixture.polygonAreas)
  }

  @Test func `Mean intersection over union and its kin are those of one matrix`() throws {
    let expected = fixture.segmentation
    var confusion = try #require(ClassConfusion(classCount: expected.classes))
    confusion.add(expected: expected.expected, predicted: expected.predicted)
    #expect(areEqual(confusion.meanIntersectionOverUnion, expected.meanIoU))
    #expect(areEqual(confusion.accuracy, expected.accuracy))
    for index in 0..<4 {
      #expect(areEqual(confusion.recall(ofClass: index), expected.recall[index]))
      #expect(areEqual(confusion.precision(ofClass: index), expected.precision[index]))
      #expect(areEqual(confusion.f1(ofClass: index), expected.f1[index]))
    }
    #expect(confusion.intersectionOverUnion(ofClass: 5) == nil)
    #expect(ClassConfusion(classCount: 0) == nil && ClassConfusion(classCount: Int.max) == nil)
  }

  @Test func `Pictures are compared as published`() throws {
    let expected = fixture.quality
    let size = ImageSize(width: expected.width, height: expected.height)
    let image = try Image(size: size, pixels: expected.image)
    let reference = try Image(size: size, pixels: expected.reference)
    #expect(areEqual(PeakSignalToNoise.value(of: image, reference: reference), expected.psnr))
    #expect(areEqual(StructuralSimilarity.ofWholePicture(image, reference: reference), expected.wholeSSIM))
    #expect(areEqual(StructuralSimilarity.windowed(image, reference: reference), expected.windowedSSIM, within: 1e-7))
    #expect(PeakSignalToNoise.value(of: image, reference: image) == .infinity)
    #expect(areEqual(StructuralSimilarity.windowed(image, reference: image), 1))
    let dot = try Image(size: ImageSize(1), pixels: [1, 2, 3])
    #expect(PeakSignalToNoise.value(of: dot, reference: dot) == nil)
    #expect(StructuralSimilarity.windowed(dot, reference: dot) == nil)
    #expect(StructuralSimilarity.ofWholePicture(dot, reference: image) == nil)
  }

  @Test func `Faces are compared as published`() {
    let expected = fixture.faces
    let points = [expected.points, expected.reference].map { $0.map { ImagePoint(x: $0[0], y: $0[1]) } }
    #expect(areEqual(LandmarkError.normed(points[0], reference: points[1]), expected.normedError))
    #expect(LandmarkError.normed([], reference: []) == nil)
    #expect(
      areEqual(PairwiseAccuracy.distance(expected.vectors[0], expected.vectors[1]), expected.distance, within: 1e-7))
    #expect(PairwiseAccuracy.distance([0, 0], [1, 2]) == nil)
    let pairs = zip(expected.distances, expected.same).map { PairwiseAccuracy.Pair(distance: $0, isSame: $1) }
    #expect(areEqual(PairwiseAccuracy.value(of: pairs), expected.pairwiseAccuracy))
    #expect(PairwiseAccuracy.value(of: pairs, partCount: 1) == nil)
  }

  @Test func `Runs that do not fit are refused, and overlaps are exact`() throws {
    let size = ImageSize(width: 3, height: 2)
    #expect(InstanceMask(runs: [1, 2], size: size) == nil)
    #expect(InstanceMask(runs: [-1, 7], size: size) == nil)
    #expect(InstanceMask(runs: [Int.max, Int.max], size: size) == nil)
    #expect(InstanceMask(runs: [6], size: ImageSize(width: Int.max, height: 2)) == nil)
    // Column by column: the second pixel of the first column and the whole second one; the last two columns.
    let first = try #require(InstanceMask(runs: [1, 3, 2], size: size))
    let second = try #require(InstanceMask(pixels: [false, true, true, false, true, true], size: size))
    #expect(first.area == 3 && second.area == 4)
    #expect(first.intersectionOverUnion(second) == 2.0 / 5)
    #expect(first.intersectionOverUnion(second, otherIsCrowd: true) == 2.0 / 3)
  }
}
