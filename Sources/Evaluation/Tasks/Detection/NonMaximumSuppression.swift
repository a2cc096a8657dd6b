public import Datasets

/// Of boxes that mean the same object, the one with the highest score.
public enum NonMaximumSuppression {
  /// How many boxes of a class are looked at, those of the highest scores.
  public static let candidateLimit = 1000

  /// The indices of the boxes that are kept, the highest score first, equal scores in the given order: each box whose
  /// intersection over union with every kept one is at most `overlap`.
  ///
  /// The definition of torchvision's `nms`.
  public static func indices(of boxes: [BoundingBox], scores: [Double], overlap: Double) -> [Int] {
    let order = boxes.indices.filter { scores.indices.contains($0) }.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
    var kept: [Int] = []
    for index in order where kept.allSatisfy({ boxes[$0].intersectionOverUnion(boxes[index]) <= overlap }) {
      kept.append(index)
    }
    return kept
  }

  /// The detections that are left after suppression within each class, the highest score first, at most `limit` of them.
  static func apply(to candidates: [Detection], overlap: Double, limit: Int) -> [Detection] {
    var kept: [Detection] = []
    for (_, group) in Dictionary(grouping: candidates, by: \.classIndex).sorted(by: { $0.key < $1.key }) {
      let order = group.indices.sorted {
        group[$0].score == group[$1].score ? $0 < $1 : group[$0].score > group[$1].score
      }
      let best = order.prefix(candidateLimit).map { group[$0] }
      kept += indices(of: best.map(\.box), scores: best.map(\.score), overlap: overlap).map { best[$0] }
    }
    return best(kept, limit: limit)
  }

  /// The detections of the highest scores, the highest first, equal ones in the given order.
  static func best(_ detections: [Detection], limit: Int) -> [Detection] {
    let order = detections.indices.sorted {
      detections[$0].score == detections[$1].score ? $0 < $1 : detections[$0].score > detections[$1].score
    }
    return order.prefix(max(limit, 0)).map { detections[$0] }
  }
}
