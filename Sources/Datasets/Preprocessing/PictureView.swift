/// Where a model's input lies in the picture that it was made of.
///
/// Places are continuous: pixel n reaches from n to n + 1.
public struct PictureView: Sendable, Hashable {
  /// The size of the picture.
  public let picture: ImageSize
  /// The size of the model's input.
  public let input: ImageSize
  /// How many pixels of the picture one of the input is wide and high.
  private let (scaleX, scaleY): (Double, Double)
  /// How many pixels of the resized picture lie to the left of the input and above it.
  private let (left, top): (Int, Int)

  fileprivate init(_ preprocessing: Preprocessing, _ size: ImageSize) {
    let target = preprocessing.resize?.target(for: size) ?? size
    picture = size
    input = preprocessing.crop
    scaleX = Double(size.width) / Double(max(target.width, 1))
    scaleY = Double(size.height) / Double(max(target.height, 1))
    let region = ImageRegion(centre: preprocessing.crop, of: target)
    left = region?.columns.lowerBound ?? 0
    top = region?.rows.lowerBound ?? 0
  }

  /// The place in the picture of a place in the input.
  public func picturePoint(_ point: ImagePoint) -> ImagePoint {
    ImagePoint(x: (point.x + Double(left)) * scaleX, y: (point.y + Double(top)) * scaleY)
  }

  /// The place in the input of a place in the picture; outside of the input where the model does not see it.
  public func inputPoint(_ point: ImagePoint) -> ImagePoint {
    ImagePoint(x: point.x / scaleX - Double(left), y: point.y / scaleY - Double(top))
  }

  /// The box in the picture, cut at its edges, of a box in the input.
  public func pictureBox(_ box: BoundingBox) -> BoundingBox {
    let first = picturePoint(ImagePoint(x: box.left, y: box.top))
    let last = picturePoint(ImagePoint(x: box.right, y: box.bottom))
    func within(_ value: Double, _ limit: Int) -> Double { min(max(value, 0), Double(limit)) }
    return BoundingBox(
      left: within(first.x, picture.width), top: within(first.y, picture.height),
      right: within(last.x, picture.width), bottom: within(last.y, picture.height))
  }

  /// The part of the picture that the model sees, 0 to 1.
  public var visibleShare: Double {
    let seen = pictureBox(
      BoundingBox(left: 0, top: 0, right: Double(input.width), bottom: Double(input.height)))
    let all = Double(picture.width) * Double(picture.height)
    return all > 0 ? seen.width * seen.height / all : 0
  }
}

extension Preprocessing {
  /// Where the model's input lies in a picture of a size.
  public func view(of size: ImageSize) -> PictureView { PictureView(self, size) }
}
