/// The five channels between a kernel and its clients.
public enum Channel: String, Sendable, CaseIterable {
  /// Requests that run or question code, each with a reply.
  case shell
  /// Requests that must be answered while code runs: interrupt, shutdown.
  case control
  /// Questions of the kernel to the client, and their answers.
  case stdin
  /// What the kernel publishes to every client: output and status.
  case iopub
  /// Bytes that are echoed to show that the kernel lives.
  case heartbeat

  /// The name of the channel's port in a connection file.
  var portField: String {
    self == .heartbeat ? "hb_port" : "\(rawValue)_port"
  }
}
