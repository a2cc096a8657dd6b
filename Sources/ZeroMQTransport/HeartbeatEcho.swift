import KernelHost

/// Sends back what arrives on the heartbeat channel, on a thread of its own, until the context is shut down.
///
/// Sendable because the socket is handed to that thread and used by no other.
final class HeartbeatEcho: @unchecked Sendable {
  private let socket: Socket

  init(_ socket: Socket) {
    self.socket = socket
  }

  /// Starts the thread.
  func start() throws(KernelHostError) {
    try WorkerThread.start(name: "heartbeat", stackSize: 256 * 1024) { [self] in
      while let frames = socket.receive(waits: true) { socket.send(frames) }
      socket.close()
    }
  }
}
