/// The results of (x - mean) / scale for the 256 values of a sample, in float32 arithmetic.
enum NormalizationTables {
  /// A table for each channel.
  ///
  /// - Throws: `DatasetError.invalidPreprocessing` for another count than 1 or the number of channels, numbers that are
  ///   not finite, a scale of 0, or one so small that results overflow.
  static func make(mean: [Float], scale: [Float], channels: ChannelOrder) throws(DatasetError) -> [[Float]] {
    try check(mean, name: "mean", channels: channels)
    try check(scale, name: "scale", channels: channels)
    guard scale.allSatisfy({ $0 != 0 }) else {
      throw DatasetError(
        .invalidPreprocessing, "scale: 0 would divide by zero", remedy: "leave scale: out, or use the model's number")
    }
    let tables = (0..<channels.count).map { channel in
      let mean = mean.count == 1 ? mean[0] : mean[channel]
      let scale = scale.count == 1 ? scale[0] : scale[channel]
      return (0..<256).map { (Float($0) - mean) / scale }
    }
    guard tables.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw DatasetError(.invalidPreprocessing, "(x - mean) / scale overflows", remedy: "use a larger scale:")
    }
    return tables
  }

  private static func check(_ numbers: [Float], name: String, channels: ChannelOrder) throws(DatasetError) {
    guard numbers.count == 1 || numbers.count == channels.count else {
      throw DatasetError(
        .invalidPreprocessing, "\(name): has \(numbers.count) numbers, but \(channels.title) has \(channels.count)",
        remedy: channels.count == 1 ? "give one number" : "give one number, or one for each channel")
    }
    guard numbers.allSatisfy(\.isFinite) else {
      throw DatasetError(.invalidPreprocessing, "\(name): must be finite numbers")
    }
  }
}
