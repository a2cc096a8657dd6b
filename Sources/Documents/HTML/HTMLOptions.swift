/// How much a rendering in HTML holds.
public struct HTMLOptions: Sendable, Equatable {
  /// Whether the small script for sorting, filtering and paging goes along.
  public var includesScript: Bool
  /// Whether tables stop at their `rowLimit`.
  public var limitsRows: Bool
  /// How many characters pictures may take in all before the rest is left out; flagged rows come first.
  public var pictureBudget: Int
  /// How many characters unfolding details of rows, without their pictures, may take in all.
  public var detailsBudget: Int

  /// Creates options.
  public init(includesScript: Bool, limitsRows: Bool, pictureBudget: Int, detailsBudget: Int) {
    self.includesScript = includesScript
    self.limitsRows = limitsRows
    self.pictureBudget = pictureBudget
    self.detailsBudget = detailsBudget
  }

  /// An output in a notebook, which keeps every byte: limited rows, and pictures up to 0.7 megabytes.
  public static let notebook = HTMLOptions(
    includesScript: true, limitsRows: true, pictureBudget: 700_000, detailsBudget: 350_000)
  /// A file of its own: all rows, pictures up to 24 megabytes, and other details up to 24 megabytes.
  public static let file = HTMLOptions(
    includesScript: true, limitsRows: false, pictureBudget: 24_000_000, detailsBudget: 24_000_000)
}
