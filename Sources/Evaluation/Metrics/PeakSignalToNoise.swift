public import Datasets

#if canImport(Glibc)
  import Glibc
#endif

/// The ratio between the highest value of a picture and its noise, in decibels.
public enum PeakSignalToNoise {
  /// How much red, green and blue count for the brightness, in 256ths (ITU-R BT.601).
  private static let weights = [65.738, 129.057, 25.064]

  /// -10 log10(MSE / 255²) of the difference in brightness, without the border; infinite where nothing differs.
  ///
  /// The Open Model Zoo's definition for super-resolution.
  ///
  /// - Parameter border: how many pixels are cut off at each edge.
  /// - Returns: nil for pictures of different sizes, or where nothing is left within the border.
  public static func value(of image: Image, reference: Image, border: Int = 4) -> Double? {
    guard image.size == reference.size, border >= 0 else { return nil }
    let (width, height) = (image.size.width, image.size.height)
    guard border < (width + 1) / 2, border < (height + 1) / 2 else { return nil }
    var sum = 0.0
    for y in border..<height - border {
      for x in border..<width - border {
        var difference = 0.0
        for channel in 0..<3 {
          let index = (y * width + x) * 3 + channel
          difference += (Double(image.pixels[index]) - Double(reference.pixels[index])) * weights[channel]
        }
        sum += difference * difference / (256 * 256)
      }
    }
    let meanSquaredError = sum / Double((width - 2 * border) * (height - 2 * border))
    return meanSquaredError == 0 ? .infinity : -10 * log10(meanSquaredError / (255 * 255))
  }
}
