public import Tensors

/// How a picture becomes the input of a model: resize, crop the middle, order the channels, (x - mean) / scale.
///
/// There is one of these for each model, and whatever feeds pictures to the model uses it.
public struct Preprocessing: Sendable, Hashable {
  /// The longest side that a picture is resized or cropped to.
  public static let maximumSide = 16_384

  /// The first step; nil leaves the size as it is.
  public let resize: Resizing?
  /// The part that is cut from the middle, of the size of the model's input.
  public let crop: ImageSize
  /// Which channels the input has, in order.
  public let channels: ChannelOrder
  /// One number for all channels or one for each, in the order of `channels`; subtracted first.
  public let mean: [Float]
  /// One number for all channels or one for each, in the order of `channels`; never 0.
  public let scale: [Float]
  /// Where the channels lie in the input.
  public let layout: ChannelLayout
  /// How resized pixels are computed.
  public let interpolation: Interpolation
  /// The 256 results of (x - mean) / scale for each channel.
  let tables: [[Float]]

  /// Completes what a user says by what the model's input demands.
  ///
  /// The input is of shape [N, C, H, W] or [N, H, W, C] with C of 1 or 3; which, is told from the shape unless said.
  /// Three channels are RGB unless said. What is resized is cropped to the input's extents. If neither `resize` nor
  /// `crop` is given, a square input of at least 96 gets its pictures as ImageNet classifiers are evaluated: the
  /// shorter side is resized to 256/224 of the input's, and the middle is cropped; to any other input pictures are
  /// stretched. With `crop` alone nothing is resized. Means are 0 and scales 1 unless given.
  ///
  /// - Throws: `DatasetError.invalidPreprocessing`, naming the option that is impossible or does not fit the input.
  public init(_ options: PreprocessingOptions = PreprocessingOptions(), inputShape: Shape) throws(DatasetError) {
    let input = try PreprocessingInput(shape: inputShape, layout: options.layout)
    channels = try input.channelOrder(options.channels)
    layout = input.layout
    interpolation = options.interpolation
    crop = input.size
    resize = try input.resizing(resize: options.resize, crop: options.crop)
    mean = options.mean.isEmpty ? [0] : options.mean
    scale = options.scale.isEmpty ? [1] : options.scale
    tables = try NormalizationTables.make(mean: mean, scale: scale, channels: channels)
  }

  /// The shape of the input that so many pictures make: [N, C, H, W] or [N, H, W, C].
  ///
  /// - Throws: `TensorError.invalidShape` for a negative number or more elements than a tensor may have.
  public func tensorShape(imageCount: Int) throws(TensorError) -> Shape {
    switch layout {
    case .nchw: try Shape([imageCount, channels.count, crop.height, crop.width])
    case .nhwc: try Shape([imageCount, crop.height, crop.width, channels.count])
    }
  }

  /// The number of elements that one picture gives.
  public var elementCount: Int { channels.count * crop.width * crop.height }
}

extension Preprocessing: CustomStringConvertible {
  /// All steps in one line, as `resize 256, crop 224x224, RGB, (x - 127.5) / 127.5`.
  public var description: String {
    var steps: [String] = []
    if let resize { steps.append(resize.description) }
    if resize != .stretch(crop) { steps.append("crop \(crop)") }
    if interpolation != .bilinear { steps.append(interpolation.rawValue) }
    steps.append(channels.title)
    if layout != .nchw { steps.append(layout.rawValue.uppercased()) }
    steps.append(arithmetic)
    return steps.joined(separator: ", ")
  }

  private var arithmetic: String {
    let hasMean = mean.contains { $0 != 0 }
    let hasScale = scale.contains { $0 != 1 }
    let difference = hasMean ? "x - \(Self.text(mean))" : "x"
    return switch (hasMean, hasScale) {
    case (_, false): difference
    case (true, true): "(\(difference)) / \(Self.text(scale))"
    case (false, true): "x / \(Self.text(scale))"
    }
  }

  private static func text(_ numbers: [Float]) -> String {
    let texts = numbers.map { number in
      let text = number.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
  }
}
