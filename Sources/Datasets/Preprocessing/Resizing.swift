/// How a picture is brought to a size before the middle is cut out.
public enum Resizing: Sendable, Hashable {
  /// The shorter side becomes so many pixels long; the longer keeps the proportion, rounded half to even.
  case shorterSide(Int)
  /// Both sides become as given, whatever the proportion was.
  case stretch(ImageSize)

  /// The size that a picture gets; each extent is at least 1.
  func target(for size: ImageSize) -> ImageSize {
    switch self {
    case .stretch(let target): return target
    case .shorterSide(let side):
      let scale = Double(side) / Double(min(size.width, size.height))
      func scaled(_ extent: Int) -> Int { max(Int((Double(extent) * scale).rounded(.toNearestOrEven)), 1) }
      return ImageSize(width: scaled(size.width), height: scaled(size.height))
    }
  }
}

extension Resizing: CustomStringConvertible {
  /// The step in words, as `resize 256` or `stretch to 224x224`.
  public var description: String {
    switch self {
    case .shorterSide(let side): "resize \(side)"
    case .stretch(let size): "stretch to \(size)"
    }
  }
}
