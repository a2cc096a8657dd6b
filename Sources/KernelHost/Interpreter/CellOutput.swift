public import JupyterMessaging

/// Shows what a cell produces, beneath that cell and no other.
///
/// Usable from any thread, and after the cell has ended; calls appear in the order in which they are made.
public protocol CellOutput: Sendable {
  /// Prints `text`. Small pieces are joined: they appear when the cell ends, when something else is shown, or after a
  /// twentieth of a second.
  func stream(_ name: Stream.Name, _ text: String)

  /// Shows `bundle`; with `displayID` it can be replaced later.
  func display(_ bundle: MIMEBundle, displayID: String?)

  /// Replaces what was shown under `displayID`, in whichever cell.
  func updateDisplay(_ bundle: MIMEBundle, displayID: String)

  /// Shows `bundle` as the value of the cell.
  func result(_ bundle: MIMEBundle)

  /// Removes what the cell has shown; where `wait` is true, only when the next output comes.
  func clear(wait: Bool)

  /// Opens `bundle` in the front end's pager when the cell has ended well.
  func page(_ bundle: MIMEBundle)
}

extension CellOutput {
  /// Shows `bundle` for good.
  public func display(_ bundle: MIMEBundle) {
    display(bundle, displayID: nil)
  }
}
