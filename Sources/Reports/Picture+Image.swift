import Datasets
import Documents

extension Picture {
  /// A picture of a dataset, made smaller if its longer side exceeds an edge; nil if it is too large to be shown.
  init?(_ image: Image, fitting edge: Int) {
    guard let whole = try? Picture(width: image.width, height: image.height, pixels: image.pixels) else { return nil }
    let longest = max(image.width, image.height)
    guard longest > edge else {
      self = whole
      return
    }
    self = whole.scaled(width: max(image.width * edge / longest, 1), height: max(image.height * edge / longest, 1))
  }
}
