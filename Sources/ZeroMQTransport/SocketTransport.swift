import CZeroMQ
public import JupyterMessaging
public import KernelHost
import Logging

/// The five channels as ZeroMQ sockets.
///
/// Sendable because the thread of `run(_:)` is the only one that touches the sockets after they are bound; other threads
/// reach it through the outbox.
public final class SocketTransport: Transport, @unchecked Sendable {
  /// Milliseconds that unsent messages keep the end of the process waiting, at most.
  private static let lingerMilliseconds: Int32 = 1000
  /// Bytes of one received frame at most, far beyond any request; a client that sends more is disconnected.
  private static let largestFrame: Int64 = 256 * 1024 * 1024

  /// The connection, with the ports that are in use.
  public let connection: ConnectionFile
  private let context: ZeroMQContext
  private let sockets: [Channel: Socket]
  private let outbox: Outbox
  private let events: ProcessEvents?

  /// Listens on all channels at once; from then on clients can connect.
  ///
  /// - Parameters:
  ///   - connection: where to listen; a port of 0 takes a free one.
  ///   - watchesProcess: whether SIGINT, SIGTERM and the parent's end are taken over. Then this comes before any thread is
  ///     started, so that no thread is interrupted by them.
  /// - Throws: `TransportError` where an address is taken or a key is refused.
  public init(_ connection: ConnectionFile, watchesProcess: Bool = true) throws(TransportError) {
    events = watchesProcess ? try ProcessEvents() : nil
    context = try ZeroMQContext()
    outbox = try Outbox()
    var bound = connection
    var sockets: [Channel: Socket] = [:]
    for channel in [Channel.shell, .iopub, .control, .stdin, .heartbeat] {
      let socket = try context.makeSocket(channel == .iopub ? ZMQ_XPUB : ZMQ_ROUTER)
      try Self.configure(socket, for: channel, connection)
      try socket.bind(to: connection.endpoint(of: channel))
      if connection.ports[channel] == 0, let port = socket.boundEndpoint.split(separator: ":").last.flatMap({ Int($0) })
      {
        bound.ports[channel] = port
      }
      sockets[channel] = socket
    }
    self.sockets = sockets
    self.connection = bound
  }

  private static func configure(
    _ socket: Socket, for channel: Channel, _ connection: ConnectionFile
  ) throws(TransportError) {
    try socket.set(ZMQ_LINGER, to: lingerMilliseconds)
    try socket.set(ZMQ_MAXMSGSIZE, toSize: largestFrame)
    // Without a limit nothing is dropped for a slow reader, above all not the idle that ends a cell.
    if channel != .heartbeat { try socket.set(ZMQ_SNDHWM, to: 0) }
    if channel == .iopub {
      try socket.set(ZMQ_XPUB_VERBOSE, to: 1)
    } else {
      try socket.set(ZMQ_ROUTER_HANDOVER, to: 1)
    }
    if let keys = connection.curveKeys {
      try socket.set(ZMQ_CURVE_SERVER, to: 1)
      try socket.set(ZMQ_CURVE_PUBLICKEY, to: keys.publicKey)
      try socket.set(ZMQ_CURVE_SECRETKEY, to: keys.secretKey)
    }
  }

  /// Queues messages; the thread of `run(_:)` sends them.
  public func send(_ messages: [OutgoingFrames]) {
    outbox.append(messages)
  }

  /// Makes `run(_:)` send what is queued and return.
  public func stop() {
    outbox.stop()
  }

  /// Serves until `stop()`, then closes the channels when what they hold is sent.
  ///
  /// - Throws: `TransportError` where waiting for messages fails, `KernelHostError` where the heartbeat gets no thread.
  public func run(_ receiver: any TransportReceiver) throws {
    if let heartbeat = sockets[.heartbeat] { try HeartbeatEcho(heartbeat).start() }
    defer {
      for (channel, socket) in sockets where channel != .heartbeat { socket.close() }
      context.shutdown()
      context.terminate()
    }
    try PollLoop(sockets: sockets, outbox: outbox, events: events, receiver: receiver).run()
  }
}
