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
    for index in classIndices {
      let matches = samples.map { Matches(of: index, in: $0, kind, detectionLimit, areas) }
      let total = matches.reduce(0) { $0 + $1.countedObjects }
      for threshold in Self.thresholds.indices {
        let curve = total == 0 ? nil : Self.curve(matches, threshold, total)
        precisions[threshold].append(curve?.precisions)
        recalls[threshold].append(curve?.recall)
      }
    }
    self.precisions = precisions
    self.recalls = recalls
  }

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

  private static func curve(
    _ matches: [Matches], _ threshold: Int, _ total: Int
  ) -> (precisions: [Double], recall: Double) {
    var all: [(score: Double, outcome: Matches.Outcome)] = []
    for match in matches { all += zip(match.scores, match.outcomes[threshold]).map { (score: $0, outcome: $1) } }
    let order = all.indices.sorted { all[$0].score == all[$1].score ? $0 < $1 : all[$0].score > all[$1].score }
    var (right, wrong) = (0, 0)
    var (recalls, falling): ([Double], [Double]) = ([], [])
    for place in order {
      switch all[place].outcome {
      case .right: right += 1
      case .wrong: wrong += 1
      case .ignored: break
      }
      recalls.append(Double(right) / Double(total))
      falling.append(right + wrong > 0 ? Double(right) / Double(right + wrong) : 0)
    }
    for place in falling.indices.dropLast().reversed() { falling[place] = max(falling[place], falling[place + 1]) }
    var place = 0
    let precisions = (0..<recallCount).map { (step: Int) -> Double in
      let wanted: Double = step == recallCount - 1 ? 1 : Double(step) * 0.01
      while place < recalls.count, recalls[place] < wanted { place += 1 }
      return place < recalls.count ? falling[place] : 0
    }
    return (precisions, recalls.last ?? 0)
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
