public import Datasets
import Graphs
public import Tensors

/// A picture: one output [1, 3, H, W] or [1, 1, H, W], from 0 to 1 or from 0 to 255, in the order of the input's channels.
public struct PictureHead: OutputHead {
  /// Above this, numbers are taken to go up to 255.
  private static let unitLimit: Float = 2
  private static let classOperators: Set = ["Softmax", "LogSoftmax", "ArgMax"]

  /// What the network is made for.
  public let task: VisionTask
  private let size: ImageSize
  private let channels: ChannelOrder

  /// Of one output with as many channels as the input. One of the input's size may be scores of three classes as well: it is
  /// taken for them where there are three names, or where it comes out of a softmax.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard let only = outputs.only, only.shape.rank == 4, only.elementType == .float32,
      only.shape[1] == outputs.channels.count, only.shape[2] > 1, only.shape[3] > 1
    else { return nil }
    size = ImageSize(width: only.shape[3], height: only.shape[2])
    channels = outputs.channels
    let isLarger = size.width > outputs.inputSize.width && size.height > outputs.inputSize.height
    let isPicture: Set<VisionTask> = [.superResolution, .styleTransfer, .inpainting]
    if let task {
      guard isPicture.contains(task) else { return nil }
      self.task = task
      return
    }
    guard isLarger || size == outputs.inputSize && channels.count == 3 else { return nil }
    if outputs.nameCount != nil || outputs.operators.first.map(Self.classOperators.contains) ?? false { return nil }
    self.task = isLarger ? .superResolution : .styleTransfer
  }

  /// A picture.
  public var summary: String { "a picture of \(size)" }

  /// The picture.
  public func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction {
    let count = size.pixelCount ?? 0
    guard outputs.count == 1, outputs[0].elementCount == count * channels.count else {
      throw .unexpectedOutputs(outputs)
    }
    let values = outputs[0].floats
    let isUnit = !values.contains { $0 > Self.unitLimit }
    var pixels = [UInt8](repeating: 0, count: count * 3)
    for channel in 0..<3 {
      let source = channels == .gray ? 0 : channels == .bgr ? 2 - channel : channel
      for pixel in 0..<count {
        let value = values[source * count + pixel] * (isUnit ? 255 : 1)
        pixels[pixel * 3 + channel] = value.isNaN ? 0 : UInt8(min(max(value.rounded(), 0), 255))
      }
    }
    do {
      return .picture(try Image(size: size, pixels: pixels))
    } catch { throw .unexpectedOutputs(outputs) }
  }
}
