public import Datasets

#if canImport(Glibc)
  import Glibc
#endif

/// How alike two pictures are in brightness, contrast and structure: SSIM, 1 for the same picture.
///
/// Wang, Bovik, Sheikh and Simoncelli: Image Quality Assessment: From Error Visibility to Structural Similarity, IEEE
/// Transactions on Image Processing 2004.
public enum StructuralSimilarity {
  private static let constants = (mean: 0.01 * 255 * 0.01 * 255, deviation: 0.03 * 255 * 0.03 * 255)
  private static let radius = 5
  private static let deviation = 1.5

  /// Over the picture as one window, all channels together: the Open Model Zoo's definition.
  ///
  /// - Returns: nil for pictures of different sizes.
  public static func ofWholePicture(_ image: Image, reference: Image) -> Double? {
    guard image.size == reference.size, !image.pixels.isEmpty else { return nil }
    let count = Double(image.pixels.count)
    let (x, y) = (image.pixels.map(Double.init), reference.pixels.map(Double.init))
    let means = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for index in x.indices {
      let (dx, dy) = (x[index] - means.0, y[index] - means.1)
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
    return similarity(means.0, means.1, xx / count, yy / count, xy / count)
  }

  /// The mean over Gaussian windows of 11 x 11 pixels with a deviation of 1.5 and over the channels, as published.
  ///
  /// - Returns: nil for pictures of different sizes, or smaller than a window.
  public static func windowed(_ image: Image, reference: Image) -> Double? {
    let (width, height) = (image.size.width, image.size.height)
    guard image.size == reference.size, min(width, height) > 2 * radius else { return nil }
    let sums = (0..<3).map { channel -> Double in
      let x = plane(image, channel)
      let y = plane(reference, channel)
      let maps = [x, y, products(x, x), products(y, y), products(x, y)].map { filtered($0, width, height) }
      return maps[0].indices.reduce(0.0) { (sum: Double, index: Int) -> Double in
        let (mx, my) = (maps[0][index], maps[1][index])
        return sum
          + similarity(
            mx, my, maps[2][index] - mx * mx, maps[3][index] - my * my, maps[4][index] - mx * my)
      }
    }
    return sums.reduce(0, +) / Double(3 * (width - 2 * radius) * (height - 2 * radius))
  }

  private static func similarity(_ mx: Double, _ my: Double, _ xx: Double, _ yy: Double, _ xy: Double) -> Double {
    (2 * mx * my + constants.mean) * (2 * xy + constants.deviation)
      / ((mx * mx + my * my + constants.mean) * (xx + yy + constants.deviation))
  }

  private static func products(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 * $1 } }

  private static func plane(_ image: Image, _ channel: Int) -> [Double] {
    stride(from: channel, to: image.pixels.count, by: 3).map { Double(image.pixels[$0]) }
  }

  /// The Gaussian means of all windows that lie within the picture, row by row.
  private static func filtered(_ plane: [Double], _ width: Int, _ height: Int) -> [Double] {
    let powers = (-radius...radius).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let sum = powers.reduce(0, +)
    let weights = powers.map { $0 / sum }
    let columns = width - 2 * radius
    var rows: [Double] = []
    rows.reserveCapacity(columns * height)
    for y in 0..<height {
      for x in 0..<columns {
        var mean = 0.0
        for (place, weight) in weights.enumerated() { mean += weight * plane[y * width + x + place] }
        rows.append(mean)
      }
    }
    var means: [Double] = []
    means.reserveCapacity(columns * (height - 2 * radius))
    for y in 0..<height - 2 * radius {
      for x in 0..<columns {
        var mean = 0.0
        for (place, weight) in weights.enumerated() { mean += weight * rows[(y + place) * columns + x] }
        means.append(mean)
      }
    }
    return means
  }
}
