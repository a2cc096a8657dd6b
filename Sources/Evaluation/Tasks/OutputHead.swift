public import Datasets
public import Tensors

/// How a network's outputs stand for the results of its task.
///
/// A new kind of output is one file in `Heads`, and one line in `OutputHeadCatalog`.
public protocol OutputHead: Sendable {
  /// The head of outputs that look as this kind does; nil for others.
  ///
  /// - Parameter task: what the network is made for, where the user says so.
  init?(_ outputs: ModelOutputs, task: VisionTask?)

  /// What the network is made for.
  var task: VisionTask { get }
  /// What the outputs are, in one clause, such as `boxes and scores of 21 classes`.
  var summary: String { get }
  /// How many classes the network tells apart, the background among them where it has one; nil where that is not known.
  var classCount: Int? { get }
  /// Whether class 0 is the background; nil where the outputs do not tell.
  var countsBackground: Bool? { get }

  /// What the outputs for one picture say.
  ///
  /// - Parameters:
  ///   - outputs: of the network, for one picture.
  ///   - view: where the network's input lies in the picture.
  ///   - options: which detections are kept.
  /// - Throws: `EvaluationError.unexpectedOutput` if the outputs are not what the types promised.
  func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction
}

extension OutputHead {
  /// Not known.
  public var classCount: Int? { nil }
  /// Not known.
  public var countsBackground: Bool? { nil }
}

/// Every kind of output that there is.
public enum OutputHeadCatalog {
  /// The kinds in the order in which they are tried.
  public static let all: [any OutputHead.Type] = [
    LandmarkHead.self,
    EmbeddingHead.self,
    ClassifierHead.self,
    DetectionOutputHead.self,
    SSDHead.self,
    YOLOHead.self,
    PictureHead.self,
    SegmentationHead.self,
  ]

  /// The head that outputs look like; nil where they look like none.
  ///
  /// - Parameter task: what the network is made for, where the user says so: then only heads of this task count.
  public static func head(of outputs: ModelOutputs, task: VisionTask? = nil) -> (any OutputHead)? {
    for kind in all {
      if let head = kind.init(outputs, task: task), task.map({ $0 == head.task }) ?? true { return head }
    }
    return nil
  }
}
