public import Tensors

extension Preprocessing {
  /// The part of the picture that the model sees, in its size, as RGB.
  ///
  /// - Throws: `DatasetError.wrongImageSize` if the picture is smaller than the crop and nothing is resized, or so
  ///   elongated that resizing it takes too much memory.
  public func frame(_ image: Image) throws(DatasetError) -> Image {
    let target = resize?.target(for: image.size) ?? image.size
    guard let region = ImageRegion(centre: crop, of: target) else {
      throw DatasetError(
        .wrongImageSize, "the picture of \(image.size) is smaller than the crop of \(crop)",
        remedy: "give a size with resize:")
    }
    return try image.resized(to: target, region: region, interpolation: interpolation)
  }

  /// The samples that the model sees before mean and scale, in the layout and the order of channels of its input.
  ///
  /// Gray is Pillow's `convert("L")` of what `frame` gives.
  ///
  /// - Returns: `elementCount` bytes.
  /// - Throws: as `frame`.
  public func pixels(_ image: Image) throws(DatasetError) -> [UInt8] {
    let interleaved = try interleavedSamples(of: image)
    var pixels = [UInt8](repeating: 0, count: interleaved.count)
    for channel in 0..<channels.count {
      let places = places(of: channel)
      let source = interleaved.span
      var target = pixels.mutableSpan
      for pixel in 0..<crop.width * crop.height {
        target[places.target &+ pixel &* places.step] = source[places.source &+ pixel &* channels.count]
      }
    }
    return pixels
  }

  /// The model's input as numbers: `elementCount` of them, each (x - mean) / scale in float32.
  ///
  /// - Throws: as `frame`.
  public func values(_ image: Image) throws(DatasetError) -> [Float] {
    let interleaved = try interleavedSamples(of: image)
    var values = [Float](repeating: 0, count: interleaved.count)
    for channel in 0..<channels.count {
      let places = places(of: channel)
      let source = interleaved.span
      let table = tables[channel]
      var target = values.mutableSpan
      for pixel in 0..<crop.width * crop.height {
        let sample = source[places.source &+ pixel &* channels.count]
        target[places.target &+ pixel &* places.step] = table[Int(sample)]
      }
    }
    return values
  }

  /// The model's input: float32 of shape [1, C, H, W] or [1, H, W, C].
  ///
  /// - Throws: as `frame`.
  public func apply(to image: Image) throws -> Tensor {
    try Tensor(shape: tensorShape(imageCount: 1), values(image))
  }

  /// The samples of the frame, pixel by pixel: red, green and blue, or luma.
  private func interleavedSamples(of image: Image) throws(DatasetError) -> [UInt8] {
    let frame = try frame(image).pixels
    return channels == .gray ? Self.luma(frame) : frame
  }

  /// Where the first sample of a channel of the input comes from and goes to, and how far apart the targets are.
  private func places(of channel: Int) -> (source: Int, target: Int, step: Int) {
    let source = channels == .bgr ? 2 - channel : channel
    return switch layout {
    case .nchw: (source, channel * crop.width * crop.height, 1)
    case .nhwc: (source, channel, channels.count)
    }
  }

  /// Luma in 16-bit fixed point, rounded to nearest.
  private static func luma(_ rgb: [UInt8]) -> [UInt8] {
    stride(from: 0, to: rgb.count - 2, by: 3).map { pixel in
      let weighted = Int(rgb[pixel]) * 19_595 + Int(rgb[pixel + 1]) * 38_470 + Int(rgb[pixel + 2]) * 7_471
      return UInt8(truncatingIfNeeded: (weighted + 0x8000) >> 16)
    }
  }
}
