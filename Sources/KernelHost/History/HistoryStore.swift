public import JupyterMessaging

/// Where cells are remembered, also across sessions; several kernels may use one store at once.
public protocol HistoryStore: Sendable {
  /// Begins a session with a number that no other has.
  func beginSession() throws -> Int
  /// Appends cells that ran.
  func append(_ cells: [HistoryReply.Entry]) throws
  /// The cells that are asked for, oldest first.
  ///
  /// - Parameter session: the present session.
  func entries(_ access: HistoryRequest.Access, session: Int) throws -> [HistoryReply.Entry]
}
