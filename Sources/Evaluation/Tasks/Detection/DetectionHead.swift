public import Datasets
public import Tensors

/// A head that proposes boxes.
public protocol DetectionHead: OutputHead {
  /// Whether boxes that mean the same object have been dropped by the network itself.
  var isSuppressed: Bool { get }

  /// The boxes with scores of at least the threshold, in pixels of the network's input; classes as the network counts them.
  func candidates(
    _ outputs: [Tensor], _ input: ImageSize, threshold: Double
  ) throws(EvaluationError) -> [Detection]
}

extension DetectionHead {
  /// Finding objects.
  public var task: VisionTask { .objectDetection }

  /// The objects: candidates after suppression, in pixels of the picture.
  public func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction {
    let candidates = try candidates(outputs, view.input, threshold: options.threshold)
    let kept =
      isSuppressed
      ? NonMaximumSuppression.best(candidates, limit: options.limit)
      : NonMaximumSuppression.apply(to: candidates, overlap: options.overlap, limit: options.limit)
    let found = kept.map { detection in
      var moved = detection
      moved.box = view.pictureBox(detection.box)
      return moved
    }
    return .detections(found.filter { $0.box.width > 0 && $0.box.height > 0 })
  }
}

extension Detection {
  /// A detection of single-precision numbers; nil where one of them is not finite.
  init?(_ classIndex: Int, score: Float, left: Float, top: Float, right: Float, bottom: Float) {
    guard score.isFinite, left.isFinite, top.isFinite, right.isFinite, bottom.isFinite else { return nil }
    self.init(
      classIndex: classIndex, score: Double(score),
      box: BoundingBox(left: Double(left), top: Double(top), right: Double(right), bottom: Double(bottom)))
  }
}
