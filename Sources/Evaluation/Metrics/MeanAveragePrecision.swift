import Datasets

/// Mean average precision by the rules of Pascal VOC.
///
/// Everingham et al.: The Pascal Visual Object Classes (VOC) Challenge, IJCV 2010. The detections of a class are taken by
/// score, the highest first; one is right if it overlaps an object of its class, which no better one has been matched
/// with, at least by the threshold. Difficult objects are neither found nor missed.
public struct MeanAveragePrecision: Sendable, Hashable {
  /// How the area below the curve of precision over recall is measured.
  public enum Integral: String, Sendable {
    /// The area below the curve, its precision made falling: VOC since 2010.
    case area = "max"
    /// The mean precision at recalls of 0, 0.1 … 1: VOC before 2010.
    case elevenPoints = "11point"
  }

  /// What there is of one class.
  public struct ClassResult: Sendable, Hashable {
    /// The class.
    public let classIndex: Int
    /// The average precision, 0 to 1; nil where no object of the class is to be found.
    public let averagePrecision: Double?
    /// How many objects are to be found, difficult ones left out.
    public let objectCount: Int
    /// How many detections are right.
    public let truePositiveCount: Int
    /// How many detections are wrong.
    public let falsePositiveCount: Int
  }

  /// One for each class that occurs, by index.
  public let classes: [ClassResult]

  /// The mean of the classes' average precision, 0 to 1; nil where no class has one.
  public var value: Double? {
    let known = classes.compactMap(\.averagePrecision)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// Judges what was found in pictures.
  ///
  /// - Parameters:
  ///   - threshold: the least intersection over union of a right detection, 0 to 1.
  ///   - includesEdges: whether a box covers its right and lower edge too, as VOC has it.
  public init(
    of samples: [DetectionSample], threshold: Double = 0.5, integral: Integral = .area, includesEdges: Bool = true
  ) {
    let indices = Set(samples.flatMap { $0.objects.map(\.classIndex) + $0.detections.map(\.classIndex) })
    classes = indices.sorted().map { index in
      Self.result(of: index, samples, threshold, integral, includesEdges)
    }
  }

  private static func result(
    of index: Int, _ samples: [DetectionSample], _ threshold: Double, _ integral: Integral, _ includesEdges: Bool
  ) -> ClassResult {
    let objects = samples.map { $0.objects.filter { $0.classIndex == index } }
    let total = objects.reduce(0) { $0 + $1.count { !$0.isDifficult } }
    var found: [(sample: Int, detection: Detection)] = []
    for (place, sample) in samples.enumerated() {
      found += sample.detections.filter { $0.classIndex == index }.map { (sample: place, detection: $0) }
    }
    // Equal scores keep the order of the pictures.
    let order = found.indices.sorted {
      found[$0].detection.score == found[$1].detection.score
        ? $0 < $1 : found[$0].detection.score > found[$1].detection.score
    }
    var used = objects.map { [Bool](repeating: false, count: $0.count) }
    var rightness: [Bool] = []
    for place in order {
      let (sample, detection) = found[place]
      let overlaps = objects[sample].map { detection.box.intersectionOverUnion($0.box, includesEdges: includesEdges) }
      guard let best = overlaps.indices.max(by: { overlaps[$0] < overlaps[$1] }), overlaps[best] >= threshold else {
        rightness.append(false)
        continue
      }
      if objects[sample][best].isDifficult { continue }
      rightness.append(!used[sample][best])
      used[sample][best] = true
    }
    let right = rightness.count(where: \.self)
    return ClassResult(
      classIndex: index, averagePrecision: total == 0 ? nil : averagePrecision(rightness, total, integral),
      objectCount: total, truePositiveCount: right, falsePositiveCount: rightness.count - right)
  }

  private static func averagePrecision(_ rightness: [Bool], _ total: Int, _ integral: Integral) -> Double {
    var (recalls, precisions): ([Double], [Double]) = ([], [])
    var right = 0
    for (place, isRight) in rightness.enumerated() {
      if isRight { right += 1 }
      recalls.append(Double(right) / Double(total))
      precisions.append(Double(right) / Double(place + 1))
    }
    switch integral {
    case .elevenPoints:
      return (0...10).reduce(0) { sum, step in
        let reached = recalls.indices.filter { recalls[$0] >= Double(step) / 10 }
        return sum + (reached.map { precisions[$0] }.max() ?? 0) / 11
      }
    case .area:
      var (area, highest) = (0.0, 0.0)
      for place in recalls.indices.reversed() {
        highest = max(highest, precisions[place])
        area += (recalls[place] - (place > 0 ? recalls[place - 1] : 0)) * highest
      }
      return area
    }
  }
}
