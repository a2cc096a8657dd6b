public import Datasets
import Graphs
public import Tensors

/// The class of each pixel: one output of scores [1, C, H, W], of which the highest counts, or of class numbers [1, H, W] or
/// [1, 1, H, W].
public struct SegmentationHead: OutputHead {
  private let size: ImageSize
  /// How many scores a pixel has; nil where the output holds class numbers.
  private let scoreCount: Int?

  /// Of one output of such a shape.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard let only = outputs.only, (3...4).contains(only.shape.rank) else { return nil }
    let dimensions = only.shape.dimensions
    let (height, width) = (dimensions[dimensions.count - 2], dimensions[dimensions.count - 1])
    guard height > 1, width > 1 else { return nil }
    size = ImageSize(width: width, height: height)
    let channels = dimensions.count == 4 ? dimensions[1] : 1
    scoreCount = channels > 1 ? channels : nil
  }

  /// Telling pixels apart.
  public var task: VisionTask { .semanticSegmentation }
  /// As many as there are scores.
  public var classCount: Int? { scoreCount }
  /// Scores or numbers of classes.
  public var summary: String {
    scoreCount.map { "scores of \($0) classes for \(size) places" } ?? "class numbers of \(size) places"
  }

  /// The classes.
  public func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction {
    let (count, channels) = (size.pixelCount ?? 0, scoreCount ?? 1)
    guard outputs.count == 1, outputs[0].elementCount == count * channels else { throw .unexpectedOutputs(outputs) }
    let values = outputs[0].floats
    var classes = [Int](repeating: 0, count: count)
    if scoreCount == nil {
      for pixel in 0..<count { classes[pixel] = Int(exactly: values[pixel].rounded()) ?? ClassMask.ignored }
    } else {
      var best = Array(values[0..<count])
      for channel in 1..<channels {
        for pixel in 0..<count {
          let value = values[channel * count + pixel]
          if value > best[pixel] || (best[pixel].isNaN && !value.isNaN) {
            best[pixel] = value
            classes[pixel] = channel
          }
        }
      }
    }
    guard let map = ClassMap(classes: classes, size: size) else { throw .unexpectedOutputs(outputs) }
    return .classes(map)
  }
}
