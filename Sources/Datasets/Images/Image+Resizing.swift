/// How the pixels of a resized picture are made of the original's.
public enum Interpolation: String, Sendable, Hashable, CaseIterable {
  /// Linear between neighbours, and over all the pixels that a smaller one covers (antialiased).
  case bilinear
  /// The nearest pixel as it is.
  case nearest
}

extension Image {
  /// The picture stretched to a size; proportions may change.
  ///
  /// - Throws: `DatasetError.wrongImageSize` for an extent below 1 or more than `maximumPixelCount` pixels.
  public func resized(
    to target: ImageSize, interpolation: Interpolation = .bilinear
  ) throws(DatasetError) -> Image {
    try resized(to: target, region: ImageRegion(all: target), interpolation: interpolation)
  }

  /// A region of the picture stretched to a size, equal to resizing first and cropping then.
  ///
  /// The region must lie within the target.
  func resized(
    to target: ImageSize, region: ImageRegion, interpolation: Interpolation
  ) throws(DatasetError) -> Image {
    _ = try Self.byteCount(of: target)
    guard target != size else { return cropped(to: region) }
    return switch interpolation {
    case .bilinear: resampledBilinearly(to: target, region: region)
    case .nearest: resampledToNearest(to: target, region: region)
    }
  }
}
