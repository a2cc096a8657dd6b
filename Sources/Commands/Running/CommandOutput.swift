public import Documents
public import Reports

/// Where a program shows things: a notebook cell, a terminal, a file.
public protocol CommandOutput: Sendable {
  /// Prints text.
  func write(_ text: String, to stream: OutputStreamName)
  /// Shows a report: as the value of the program, or as an output of its own.
  func show(_ report: any Report, isResult: Bool)
  /// Says what made the reports that are shown next; nil for reports that are no result.
  func describe(_ provenance: Provenance?)
  /// Shows how far work has come, in place of what was shown for the same work before.
  ///
  /// - Parameter work: a number that is the same for all updates of one piece of work.
  func showProgress(_ bar: ProgressBar, work: Int)
  /// Opens a report in a pager where there is one.
  func page(_ report: any Report)
  /// Removes what was shown; where `wait` is true, only when the next output comes.
  func clear(wait: Bool)
}

extension CommandOutput {
  /// Nothing: most outputs have no place for it.
  public func describe(_ provenance: Provenance?) {}
}

/// One of the two streams that text is printed to.
public enum OutputStreamName: String, Sendable {
  case stdout, stderr
}
