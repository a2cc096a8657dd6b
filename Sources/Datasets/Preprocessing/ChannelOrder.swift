/// Which channels a model's input has, and in which order.
public enum ChannelOrder: String, Sendable, Hashable, CaseIterable {
  case rgb, bgr
  /// One channel of luma by ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue.
  case gray

  /// The number of channels.
  public var count: Int { self == .gray ? 1 : 3 }

  /// The name as the field writes it, as `RGB`.
  var title: String { self == .gray ? "gray" : rawValue.uppercased() }
}

/// Where the channels lie in a model's input of rank 4.
public enum ChannelLayout: String, Sendable, Hashable, CaseIterable {
  /// [images, channels, rows, columns]: one plane after the other.
  case nchw
  /// [images, rows, columns, channels]: the channels of a pixel side by side.
  case nhwc
}
