/// A cell that ran in a session.
public struct CellRecord: Sendable, Hashable {
  /// The number of the session.
  public let session: Int
  /// The cell's execution count in its session.
  public let line: Int
  /// What was typed.
  public let input: String
  /// The text of its result; nil where there was none.
  public let output: String?

  /// A cell.
  public init(session: Int, line: Int, input: String, output: String?) {
    self.session = session
    self.line = line
    self.input = input
    self.output = output
  }
}
