public import Datasets

#if canImport(Glibc)
  import Glibc
#endif

/// How far points of a face lie from where they should be.
public enum LandmarkError {
  /// The mean distance between points and those that they should be, divided by that between the first two of these, the
  /// eyes.
  ///
  /// - Returns: nil without points, for different numbers of them, or where the eyes are one point.
  public static func normed(_ points: [ImagePoint], reference: [ImagePoint]) -> Double? {
    guard points.count == reference.count, reference.count > 1 else { return nil }
    let eyes = distance(reference[0], reference[1])
    guard eyes > 0 else { return nil }
    return zip(points, reference).reduce(0.0) { $0 + distance($1.0, $1.1) } / Double(points.count) / eyes
  }

  private static func distance(_ a: ImagePoint, _ b: ImagePoint) -> Double { hypot(a.x - b.x, a.y - b.y) }
}
