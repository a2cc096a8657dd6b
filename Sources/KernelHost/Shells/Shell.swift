/// A place where cells run one after another: the main shell, or a subshell beside it.
final class Shell: Sendable {
  /// The identifier by which requests name it; nil for the main shell.
  let id: String?
  /// The cells that wait to run.
  let queue = ExecutionQueue()
  /// The cells that ran here.
  let history: History

  init(id: String?, history: History) {
    self.id = id
    self.history = history
  }
}
