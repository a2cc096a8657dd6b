import Datasets

/// Average precision by the rules of COCO: the mean over overlaps of 0.5 to 0.95, recalls of 0 to 1, and classes.
///
/// As pycocotools computes it. In each picture the best detections of a class are matched, the highest score first, with
/// the object that they overlap most, objects that count before those that do not; crowds and objects beyond the area
/// asked for do not count, and neither do detections matched with them.
public struct COCOAveragePrecision: Sendable {
  /// What overlaps.
  public enum Kind: Sendable {
    /// The boxes.
    case boxes
    /// The pixels.
    case masks
  }

  /// The overlaps at which a detection is right: 0.5, 0.55 … 0.95.
  public static let thresholds: [Double] = (0..<10).map { (step: Int) -> Double in
    // As NumPy spaces them, to the last bit.
    let width: Double = (0.95 - 0.5) / 9
    return step == 9 ? 0.95 : 0.5 + Double(step) * width
  }
  /// Objects of every size.
  public static let allAreas = 0.0...1e10
  private static let recallCount = 101

  /// The classes that objects are of, by index.
  public let classIndices: [Int]
  /// For each threshold and class the precision at recalls of 0, 0.01 … 1; nil where no object of the class counts.
  private let precisions: [[[Double]?]]
  private let recalls: [[Double?]]
  private let traces: [Trace]

  /// Judges what was found in pictures.
  ///
  /// - Parameters:
  ///   - detectionLimit: how many detections of a class count in a picture at most, the best ones.
  ///   - areas: the areas in pixels of the objects that count.
  public init(
    of samples: [DetectionSample], kind: Kind = .boxes, detectionLimit: Int = 100,
    areas: ClosedRange<Double> = COCOAveragePrecision.allAreas
  ) {
    classIndices = Set(samples.flatMap { $0.objects.map(\.classIndex) }).sorted()
    var precisions: [[[Double]?]] = Self.thresholds.map { _ in [] }
    var recalls: [[Double?]] = Self.thresholds.map { _ in [] }
    let weights = [Int](repeating: 1, count: samples.count)
    traces = classIndices.map { index in
      Trace(samples.map { Matches(of: index, in: $0, kind, detectionLimit, areas) })
    }
    for trace in traces {
      for threshold in Self.thresholds.indices {
        let curve = trace.curve(threshold, weights)
        precisions[threshold].append(curve?.precisions)
        recalls[threshold].append(curve?.recall)
      }
    }
    self.precisions = precisions
    self.recalls = recalls
  }

  /// The average precision over all overlaps where each picture counts so often, as many numbers as there are pictures.
  func value(weights: [Int]) -> Double? {
    mean(
      traces.flatMap { trace in Self.thresholds.indices.compactMap { trace.curve($0, weights)?.precisions } }.flatMap(
        \.self))
  }

  /// How many outcomes there are, of all classes and overlaps.
  var outcomeCount: Int { traces.reduce(0) { $0 + $1.samples.count } * Self.thresholds.count }

  /// The average precision, 0 to 1: over all overlaps, or at one of `thresholds`; nil where no object counts.
  public func value(atThreshold threshold: Double? = nil) -> Double? {
    mean(chosen(threshold).flatMap { precisions[$0].compactMap(\.self) }.flatMap(\.self))
  }

  /// The average precision of one class, 0 to 1; nil where no object of it counts.
  public func value(ofClass index: Int) -> Double? {
    guard let place = classIndices.firstIndex(of: index) else { return nil }
    return mean(precisions.compactMap { $0[place] }.flatMap(\.self))
  }

  /// The part of the objects that is found, 0 to 1, as a mean over all overlaps and classes; nil where none counts.
  public var averageRecall: Double? { mean(recalls.flatMap { $0.compactMap(\.self) }) }

  private func chosen(_ threshold: Double?) -> [Int] {
    Self.thresholds.indices.filter { place in threshold.map { abs($0 - Self.thresholds[place]) < 1e-6 } ?? true }
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The detections of one class, the highest score first, with what became of them at each threshold.
  private struct Trace {
    let samples: [Int]
    let outcomes: [[Matches.Outcome]]
    let objectCounts: [Int]

    init(_ matches: [Matches]) {
      var scores: [Double] = []
      var owners: [Int] = []
      for (sample, match) in matches.enumerated() {
        scores += match.scores
        owners += match.scores.map { _ in sample }
      }
      let order = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
      samples = order.map { owners[$0] }
      outcomes = COCOAveragePrecision.thresholds.indices.map { threshold in
        let all = matches.flatMap { $0.outcomes[threshold] }
        return order.map { all[$0] }
      }
      objectCounts = matches.map(\.countedObjects)
    }

    /// The precision at each recall, and the highest recall, where each picture counts so often; nil without objects.
    func curve(_ threshold: Int, _ weights: [Int]) -> (precisions: [Double], recall: Double)? {
      let total = zip(weights, objectCounts).reduce(0) { $0 + $1.0 * $1.1 }
      guard total > 0 else { return nil }
      var (right, wrong) = (0, 0)
      var (recalls, falling): ([Double], [Double]) = ([], [])
      for (sample, outcome) in zip(samples, outcomes[threshold]) where weights[sample] > 0 {
        switch outcome {
        case .right: right += weights[sample]
        case .wrong: wrong += weights[sample]
        case .ignored: break
        }
        recalls.append(Double(right) / Double(total))
        falling.append(right + wrong > 0 ? Double(right) / Double(right + wrong) : 0)
      }
      for place in falling.indices.dropLast().reversed() { falling[place] = max(falling[place], falling[place + 1]) }
      var place = 0
      let precisions = (0..<COCOAveragePrecision.recallCount).map { (step: Int) -> Double in
        let wanted: Double = step == COCOAveragePrecision.recallCount - 1 ? 1 : Double(step) * 0.01
        while place < recalls.count, recalls[place] < wanted { place += 1 }
        return place < recalls.count ? falling[place] : 0
      }
      return (precisions, recalls.last ?? 0)
    }
  }

  /// What became of the detections of one class in one picture, at each threshold.
  private struct Matches {
    enum Outcome { case right, wrong, ignored }

    let scores: [Double]
    let outcomes: [[Outcome]]
    let countedObjects: Int

    init(
      of index: Int, in sample: DetectionSample, _ kind: Kind, _ limit: Int, _ areas: ClosedRange<Double>
    ) {
      let candidates = sample.detections.filter { $0.classIndex == index }
      let order = candidates.indices.sorted {
        candidates[$0].score == candidates[$1].score ? $0 < $1 : candidates[$0].score > candidates[$1].score
      }
      let detections = order.prefix(max(limit, 0)).map { candidates[$0] }
      let masks: [InstanceMask?] = sample.objects.map { object in
        kind == .masks ? object.outline.flatMap { InstanceMask($0, size: sample.size) } : nil
      }
      // Objects that count come first.
      var objects: [(object: AnnotatedObject, mask: InstanceMask?, isIgnored: Bool)] = []
      for (object, mask) in zip(sample.objects, masks) where object.classIndex == index {
        let area = object.area ?? mask.map { Double($0.area) } ?? object.box.area()
        objects.append((object, mask, object.isCrowd || !areas.contains(area)))
      }
      objects = objects.filter { !$0.isIgnored } + objects.filter { $0.isIgnored }
      let overlaps = detections.map { detection in
        objects.map {
          kind == .boxes ? Self.overlap(detection, $0.object) : Self.overlap(detection, $0.mask, $0.object)
        }
      }
      scores = detections.map(\.score)
      countedObjects = objects.count { !$0.isIgnored }
      outcomes = COCOAveragePrecision.thresholds.map { threshold in
        var used = [Bool](repeating: false, count: objects.count)
        return detections.indices.map { place -> Outcome in
          var (best, match) = (min(threshold, 1 - 1e-10), Int?.none)
          for (other, entry) in objects.enumerated() {
            if used[other], !entry.object.isCrowd { continue }
            if let match, !objects[match].isIgnored, entry.isIgnored { break }
            if overlaps[place][other] < best { continue }
            best = overlaps[place][other]
            match = other
          }
          guard let match else {
            let area = kind == .masks ? detections[place].mask.map { Double($0.area) } : detections[place].box.area()
            return areas.contains(area ?? 0) ? .wrong : .ignored
          }
          used[match] = true
          return objects[match].isIgnored ? .ignored : .right
        }
      }
    }

    /// With a crowd, the part of the detection that lies in it.
    private static func overlap(_ detection: Detection, _ object: AnnotatedObject) -> Double {
      guard object.isCrowd else { return detection.box.intersectionOverUnion(object.box) }
      let area = detection.box.area()
      return area > 0 ? detection.box.intersectionArea(object.box) / area : 0
    }

    private static func overlap(_ detection: Detection, _ mask: InstanceMask?, _ object: AnnotatedObject) -> Double {
      guard let ours = detection.mask, let mask else { return 0 }
      return ours.intersectionOverUnion(mask, otherIsCrowd: object.isCrowd)
    }
  }
}
