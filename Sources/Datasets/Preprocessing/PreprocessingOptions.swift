/// What a user says about the preprocessing of a model; everything may be left out.
public struct PreprocessingOptions: Sendable, Hashable {
  /// The first step; see `Preprocessing.init` for what nil means.
  public var resize: Resizing?
  /// The part cut from the middle, which must be of the size of the model's input.
  public var crop: ImageSize?
  /// The channels that the model was trained with.
  public var channels: ChannelOrder?
  /// What is subtracted, in the model's order of channels: none, one number for all, or one for each channel.
  public var mean: [Float]
  /// What is divided by then, in the model's order of channels: none, one number for all, or one for each channel.
  public var scale: [Float]
  /// Where the channels lie in the input, if its shape leaves it open.
  public var layout: ChannelLayout?
  /// How resized pixels are computed.
  public var interpolation: Interpolation

  /// Makes options; what is left out follows from the model's input.
  public init(
    resize: Resizing? = nil, crop: ImageSize? = nil, channels: ChannelOrder? = nil, mean: [Float] = [],
    scale: [Float] = [], layout: ChannelLayout? = nil, interpolation: Interpolation = .bilinear
  ) {
    self.resize = resize
    self.crop = crop
    self.channels = channels
    self.mean = mean
    self.scale = scale
    self.layout = layout
    self.interpolation = interpolation
  }
}
