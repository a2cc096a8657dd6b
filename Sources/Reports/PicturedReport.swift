/// A report whose rows have pictures, of which a notebook shows the first ones only.
public protocol PicturedReport: Report {
  /// The pictures of the rows, those of erroneous rows first.
  var pictures: PictureShelf { get set }
}

extension Report {
  /// The report as a file holds it: with the pictures of up to `PictureShelf.fileLimit` rows instead of
  /// `PictureShelf.limit`.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  public func forFile(
    isCancelled: () -> Bool = { false }, progress: (_ finished: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> any Report {
    guard var report = self as? any PicturedReport else { return self }
    report.pictures = try report.pictures.forFile(isCancelled: isCancelled, progress: progress)
    return report
  }
}
