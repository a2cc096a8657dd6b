import Tensors

/// What the shape of a model's input demands of pictures.
struct PreprocessingInput {
  /// The smallest square input that is taken for a classifier of photographs.
  private static let smallestPhotographSide = 96

  let layout: ChannelLayout
  let channelCount: Int
  let size: ImageSize

  init(shape: Shape, layout given: ChannelLayout?) throws(DatasetError) {
    guard shape.rank == 4 else {
      throw DatasetError(
        .invalidPreprocessing, "the model's input has the shape \(shape), which is not that of pictures",
        remedy: "a model of pictures has an input of 4 dimensions, such as [1, 3, 224, 224]")
    }
    let possible: Set = [1, 3]
    layout = given ?? (!possible.contains(shape[1]) && possible.contains(shape[3]) ? .nhwc : .nchw)
    let (channelAxis, firstSpatialAxis) = layout == .nchw ? (1, 2) : (3, 1)
    channelCount = shape[channelAxis]
    size = ImageSize(width: shape[firstSpatialAxis + 1], height: shape[firstSpatialAxis])
    guard possible.contains(channelCount) else {
      throw DatasetError(
        .invalidPreprocessing,
        "the model's input of shape \(shape) has \(channelCount) channels as \(layout.rawValue.uppercased()), "
          + "but pictures have 1 or 3",
        remedy: "if the channels lie elsewhere, say so with layout:")
    }
    try Self.check(size, name: "input")
  }

  func channelOrder(_ given: ChannelOrder?) throws(DatasetError) -> ChannelOrder {
    let order = given ?? (channelCount == 1 ? .gray : .rgb)
    guard order.count == channelCount else {
      throw DatasetError(
        .invalidPreprocessing,
        "channels: \(order.rawValue) gives \(order.count == 1 ? "1 channel" : "3 channels"), "
          + "but the model's input has \(channelCount)",
        remedy: channelCount == 1 ? "use channels: gray" : "use channels: rgb or channels: bgr")
    }
    return order
  }

  func resizing(resize: Resizing?, crop: ImageSize?) throws(DatasetError) -> Resizing? {
    if let crop, crop != size {
      throw DatasetError(
        .invalidPreprocessing, "crop: \(crop) is not the \(size) of the model's input",
        remedy: "use crop: \(size), or leave it out")
    }
    switch resize {
    case .shorterSide(let side):
      try Self.check(ImageSize(side), name: "resize:")
      guard side >= max(size.width, size.height) else {
        throw DatasetError(
          .invalidPreprocessing, "resize: \(side) is too small to crop \(size) from",
          remedy: "use resize: \(max(size.width, size.height)) or more, or stretch with resize: \(size)")
      }
      return resize
    case .stretch(let target):
      try Self.check(target, name: "resize:")
      guard target.width >= size.width, target.height >= size.height else {
        throw DatasetError(
          .invalidPreprocessing, "resize: \(target) is smaller than the \(size) of the model's input",
          remedy: "use resize: \(size)")
      }
      return resize
    case nil: return crop == nil ? fieldDefault : nil
    }
  }

  private var fieldDefault: Resizing {
    guard size.width == size.height, size.width >= Self.smallestPhotographSide else { return .stretch(size) }
    return .shorterSide(min((size.width * 256 + 112) / 224, Preprocessing.maximumSide))
  }

  private static func check(_ size: ImageSize, name: String) throws(DatasetError) {
    let permitted = 1...Preprocessing.maximumSide
    guard permitted.contains(size.width), permitted.contains(size.height) else {
      throw DatasetError(
        .invalidPreprocessing, "\(name) \(size) is not between 1 and \(Preprocessing.maximumSide) pixels a side")
    }
  }
}
