public import JupyterMessaging

/// Runs cells and answers questions about their text.
///
/// `execute` and `evaluate` are called on the thread of a shell. As long as a client makes no subshell there is one, so that
/// cells never overlap; each subshell adds one, and its cells run beside those of the others. Everything else may be called
/// from another thread while cells run, and should answer from what is known at that moment.
public protocol CellInterpreter: Sendable {
  /// What the kernel says of itself; read once at start.
  var description: KernelDescription { get }

  /// Runs one cell to its end and gives its outcome; everything that it shows goes to `output`.
  ///
  /// Long work polls `cell.isCancelled` and, once it is true, ends within 100 ms with an error that says what was kept.
  func execute(_ cell: CellRequest, output: any CellOutput) -> CellResult

  /// Evaluates one expression after a cell that went well, without output.
  func evaluate(expression: String) -> ExecuteReply.ExpressionResult

  /// The ways to complete `code` at `cursor`.
  func complete(code: String, cursor: String.Index) -> Completion

  /// What stands in `code` at `cursor`; nil where there is nothing to describe. `detail` is 0, or 1 for more.
  func inspect(code: String, cursor: String.Index, detail: Int) -> MIMEBundle?

  /// Whether `code` is ready to run.
  func isComplete(code: String) -> IsCompleteReply.Completeness
}
