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

  /// A detection of a class that counts, and whether it is right.
  private struct Verdict: Hashable {
    let sample: Int
    let isRight: Bool
  }

  /// The detections of a class, the highest score first, and how many objects each picture has.
  private struct Trace: Hashable {
    let verdicts: [Verdict]
    let objectCounts: [Int]

    /// The average precision where each picture counts so often; nil where there is no object.
    func averagePrecision(_ weights: [Int], _ integral: Integral) -> Double? {
      let total = zip(weights, objectCounts).reduce(0) { $0 + $1.0 * $1.1 }
      guard total > 0 else { return nil }
      var (recalls, precisions): ([Double], [Double]) = ([], [])
      var (right, count) = (0, 0)
      for verdict in verdicts where weights[verdict.sample] > 0 {
        if verdict.isRight { right += weights[verdict.sample] }
        count += weights[verdict.sample]
        recalls.append(Double(right) / Double(total))
        precisions.append(Double(right) / Double(count))
      }
      return MeanAveragePrecision.averagePrecision(recalls, precisions, integral)
    }
  }

  /// One for each class that occurs, by index.
  public let classes: [ClassResult]
  private let traces: [Trace]
  private let integral: Integral

  /// The mean of the classes' average precision, 0 to 1; nil where no class has one.
  public var value: Double? {
    let known = classes.compactMap(\.averagePrecision)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The mean where each picture counts so often, as many numbers as there are pictures; nil where no class has a value.
  func value(weights: [Int]) -> Double? {
    let known = traces.compactMap { $0.averagePrecision(weights, integral) }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// How many detections count, of all classes.
  var verdictCount: Int { traces.reduce(0) { $0 + $1.verdicts.count } }

  /// Judges what was found in pictures.
  ///
  /// - Parameters:
  ///   - threshold: the least intersection over union of a right detection, 0 to 1.
  ///   - includesEdges: whether a box covers its right and lower edge too, as VOC has it.
  public init(
    of samples: [DetectionSample], threshold: Double = 0.5, integral: Integral = .area, includesEdges: Bool = true
  ) {
    let indices = Set(samples.flatMap { $0.objects.map(\.classIndex) + $0.detections.map(\.classIndex) })
    let all = indices.sorted()
    let weights = [Int](repeating: 1, count: samples.count)
    traces = all.map { Self.trace(of: $0, samples, threshold, includesEdges) }
    classes = zip(all, traces).map { index, trace in
      let right = trace.verdicts.count(where: \.isRight)
      return ClassResult(
        classIndex: index, averagePrecision: trace.averagePrecision(weights, integral),
        objectCount: trace.objectCounts.reduce(0, +), truePositiveCount: right,
        falsePositiveCount: trace.verdicts.count - right)
    }
    self.integral = integral
  }

  private static func trace(
    of index: Int, _ samples: [DetectionSample], _ threshold: Double, _ includesEdges: Bool
  ) -> Trace {
    let objects = samples.map { $0.objects.filter { $0.classIndex == index } }
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
    var verdicts: [Verdict] = []
    for place in order {
      let (sample, detection) = found[place]
      let overlaps = objects[sample].map { detection.box.intersectionOverUnion($0.box, includesEdges: includesEdges) }
      guard let best = overlaps.indices.max(by: { overlaps[$0] < overlaps[$1] }), overlaps[best] >= threshold else {
        verdicts.append(Verdict(sample: sample, isRight: false))
        continue
      }
      if objects[sample][best].isDifficult { continue }
      verdicts.append(Verdict(sample: sample, isRight: !used[sample][best]))
      used[sample][best] = true
    }
    return Trace(verdicts: verdicts, objectCounts: objects.map { $0.count { !$0.isDifficult } })
  }

  private static func averagePrecision(_ recalls: [Double], _ precisions: [Double], _ integral: Integral) -> Double {
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
