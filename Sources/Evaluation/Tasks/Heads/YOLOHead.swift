public import Datasets
import Graphs
public import Tensors

/// One output with the centre, width and height of boxes in pixels of the input, and scores from 0 to 1: rows
/// [1, A, 5 + C], whose fifth number is how sure an object is there at all (YOLOv5), or columns [1, 4 + C, A] (YOLOv8).
public struct YOLOHead: DetectionHead {
  private let isByColumns: Bool
  private let anchorCount: Int
  private let count: Int

  /// Of one output of rank 3. Which axis holds the boxes, the number of class names tells, or else that there are more
  /// boxes than numbers for each.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard let only = outputs.only, only.shape.rank == 3, only.elementType == .float32 else { return nil }
    let (rows, columns) = (only.shape[1], only.shape[2])
    let size = outputs.inputSize
    let byNames = outputs.nameCount.flatMap { names -> Bool? in
      (columns == names + 5) == (rows == names + 4) ? nil : rows == names + 4
    }
    // A class for each pixel has such a shape too.
    if task != .objectDetection, byNames == nil, rows == size.height, columns == size.width { return nil }
    isByColumns = byNames ?? (rows < columns)
    anchorCount = isByColumns ? columns : rows
    count = isByColumns ? rows - 4 : columns - 5
    guard count >= 1, anchorCount >= 1 else { return nil }
  }

  /// The classes; none is the background.
  public var classCount: Int? { count }
  /// No.
  public var countsBackground: Bool? { false }
  /// Boxes with scores.
  public var summary: String {
    "\(anchorCount) boxes with scores of \(count) classes (\(isByColumns ? "YOLO without objectness" : "YOLO"))"
  }
  /// No: the network proposes several boxes for an object.
  public var isSuppressed: Bool { false }

  /// The boxes of the output.
  public func candidates(
    _ outputs: [Tensor], _ input: ImageSize, threshold: Double
  ) throws(EvaluationError) -> [Detection] {
    let width = count + (isByColumns ? 4 : 5)
    guard outputs.count == 1, outputs[0].elementCount == anchorCount * width else {
      throw .unexpectedOutputs(outputs)
    }
    let values = outputs[0].floats
    let (step, stride) = isByColumns ? (1, anchorCount) : (width, 1)
    var found: [Detection] = []
    for anchor in 0..<anchorCount {
      func value(_ index: Int) -> Float { values[anchor * step + index * stride] }
      let objectness = isByColumns ? 1 : value(4)
      guard Double(objectness) >= threshold else { continue }
      let (x, y, halfWidth, halfHeight) = (value(0), value(1), value(2) / 2, value(3) / 2)
      for index in 0..<count {
        let score = value(width - count + index) * objectness
        guard Double(score) >= threshold else { continue }
        let detection = Detection(
          index, score: score, left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight)
        if let detection { found.append(detection) }
      }
    }
    return found
  }
}
