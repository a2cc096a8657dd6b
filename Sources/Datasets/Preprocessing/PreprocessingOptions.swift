/// What a user says about the preprocessing of a model; everything may be left out.
public struct PreprocessingOptions: Sendable, Hashable {
  public var resize: Resizing?
  public var crop: ImageSize?
  public var channels: ChannelOrder?
  /// What is subtracted, in the model's order of channels: none, one number for all, or one for each channel.
  public var mean: [Float]
  /// What is divided by then, in the model's order of channels: none, one number for all, or one for each channel.
  public var scale: [Float]
  public var layout: ChannelLayout?
  public var interpolation: Interpolation

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
