public import JupyterMessaging

/// The frames of one message and the channel that they go out on.
public struct OutgoingFrames: Sendable, Equatable {
  /// The channel.
  public let channel: Channel
  /// The frames in order.
  public let frames: [[UInt8]]

  /// Creates a message's frames.
  public init(channel: Channel, frames: [[UInt8]]) {
    self.channel = channel
    self.frames = frames
  }
}

/// Carries frames between the kernel and its clients, and brings the events of the process.
///
/// Heartbeats are answered by the transport alone.
public protocol Transport: Sendable {
  /// Serves until `stop()`, calling `receiver` on the calling thread only.
  ///
  /// - Throws: what makes the channels unusable.
  func run(_ receiver: any TransportReceiver) throws

  /// Queues messages behind everything queued before, whatever the channel; callable from any thread, never blocks.
  ///
  /// The messages of one call stay together.
  func send(_ messages: [OutgoingFrames])

  /// Makes `run(_:)` send what is queued and return; callable from any thread.
  func stop()
}

/// Takes what a transport receives.
public protocol TransportReceiver: Sendable {
  /// Takes the frames of one message.
  func receive(_ frames: [[UInt8]], on channel: Channel)

  /// The frames of the message that greets a new subscriber of `topic` on iopub, sent before anything else that it can
  /// see; nil for no greeting.
  func welcome(toTopic topic: [UInt8]) -> [[UInt8]]?

  /// Takes a request of the operating system to interrupt the running cell.
  func receiveInterrupt()

  /// Takes a request of the operating system to end, or the news that the parent process has ended.
  func receiveTermination()
}
