/// Publishes what the kernel is doing.
public struct Status: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "status"

  /// The states of a kernel.
  public enum State: String, Sendable, CaseIterable {
    /// It has just been started; sent once.
    case starting
    /// It works on the request that is the message's parent.
    case busy
    /// It has finished that request; nothing of it follows.
    case idle
  }

  /// The state.
  public let state: State

  /// Creates the content.
  public init(_ state: State) {
    self.state = state
  }

  /// The fields of the content.
  public var fields: JSONObject { ["execution_state": .string(state.rawValue)] }
}
