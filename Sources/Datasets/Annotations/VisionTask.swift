/// What a model is made for, and what a dataset can therefore judge.
public enum VisionTask: String, Sendable, CaseIterable {
  case classification
  case objectDetection = "object detection"
  case instanceSegmentation = "instance segmentation"
  case semanticSegmentation = "semantic segmentation"
  case superResolution = "super-resolution"
  case landmarkDetection = "landmark detection"
  case faceRecognition = "face recognition"
  case styleTransfer = "style transfer"
  case inpainting
}

extension Dataset {
  /// What the dataset's annotations can judge, and what needs none but the pictures themselves.
  public var tasks: [VisionTask] {
    let annotations = samples.compactMap(\.annotation)
    var tasks: [VisionTask] = []
    if annotations.contains(where: { $0.classIndex != nil }) { tasks.append(.classification) }
    if annotations.contains(where: { $0.objects != nil }) { tasks.append(.objectDetection) }
    if annotations.contains(where: { $0.objects?.contains { $0.outline != nil } ?? false }) {
      tasks.append(.instanceSegmentation)
    }
    if annotations.contains(where: { $0.mask != nil }) { tasks.append(.semanticSegmentation) }
    if annotations.contains(where: { $0.targetPath != nil }) { tasks.append(.superResolution) }
    if annotations.contains(where: { $0.landmarks != nil }) { tasks.append(.landmarkDetection) }
    if !pairs.isEmpty { tasks.append(.faceRecognition) }
    return tasks + [.styleTransfer, .inpainting]
  }
}
