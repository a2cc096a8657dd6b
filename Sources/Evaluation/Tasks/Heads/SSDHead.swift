public import Datasets
import Graphs
public import Tensors

/// Two outputs: boxes [1, A, 4] as left, top, right, bottom in fractions of the input, and scores [1, A, C] after softmax,
/// whose class 0 is the background.
public struct SSDHead: DetectionHead {
  private let boxes: Int
  private let scores: Int
  private let anchorCount: Int
  private let count: Int

  /// Of two outputs of rank 3 with as many rows, one of which has four columns: the one whose name has `box` or `loc` where
  /// both have.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard outputs.types.count == 2, outputs.types.allSatisfy({ $0.shape.rank == 3 && $0.elementType == .float32 }),
      case let shapes = outputs.types.map(\.shape), shapes[0][1] == shapes[1][1], shapes[0][1] > 0
    else { return nil }
    let fours = shapes.indices.filter { shapes[$0][2] == 4 }
    let named = outputs.names.indices.filter { index in
      let name = outputs.names[index].lowercased()
      return name.contains("box") || name.contains("loc")
    }
    guard let boxes = fours.count == 2 && named.count == 1 ? named.first : fours.first else { return nil }
    guard shapes[1 - boxes][2] >= 2 else { return nil }
    self.boxes = boxes
    scores = 1 - boxes
    anchorCount = shapes[boxes][1]
    count = shapes[1 - boxes][2]
  }

  /// The classes with the background.
  public var classCount: Int? { count }
  /// Yes.
  public var countsBackground: Bool? { true }
  /// Boxes and scores.
  public var summary: String {
    "\(anchorCount) boxes with scores of \(count) classes, the first for the background (SSD)"
  }
  /// No: the network proposes several boxes for an object.
  public var isSuppressed: Bool { false }

  /// The boxes of the output.
  public func candidates(
    _ outputs: [Tensor], _ input: ImageSize, threshold: Double
  ) throws(EvaluationError) -> [Detection] {
    guard outputs.count == 2, outputs[boxes].elementCount == anchorCount * 4,
      outputs[scores].elementCount == anchorCount * count
    else { throw .unexpectedOutputs(outputs) }
    let (edges, scores) = (outputs[boxes].floats, outputs[scores].floats)
    let (width, height) = (Float(input.width), Float(input.height))
    var found: [Detection] = []
    for anchor in 0..<anchorCount {
      for index in 1..<count where Double(scores[anchor * count + index]) >= threshold {
        let place = anchor * 4
        let detection = Detection(
          index, score: scores[anchor * count + index], left: edges[place] * width, top: edges[place + 1] * height,
          right: edges[place + 2] * width, bottom: edges[place + 3] * height)
        if let detection { found.append(detection) }
      }
    }
    return found
  }
}
