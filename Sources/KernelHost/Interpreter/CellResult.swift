public import JupyterMessaging

/// How a cell ended.
public enum CellResult: Sendable, Equatable {
  /// It ran through.
  case ok
  /// It failed; an interrupted cell fails with the name `KernelInterrupted`.
  case error(ErrorReport)

  /// A failure with its name, its message and the lines to show.
  public static func error(name: String, value: String, traceback: [String]) -> CellResult {
    .error(ErrorReport(name: name, value: value, traceback: traceback))
  }
}
