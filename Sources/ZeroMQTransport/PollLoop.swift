import CZeroMQ
import JupyterMessaging
import KernelHost

/// Waits for everything that can happen, on one thread: messages in, messages out, signals, the parent's end.
struct PollLoop {
  /// Messages taken from one channel before the others have their turn.
  private static let turnLength = 64

  let sockets: [Channel: Socket]
  let outbox: Outbox
  let events: ProcessEvents?
  let receiver: any TransportReceiver

  /// Serves until the outbox is stopped and empty.
  func run() throws(TransportError) {
    // Control comes first, so that an interrupt overtakes cells that arrive with it.
    let channels = [Channel.control, .shell, .stdin, .iopub].compactMap { channel in
      sockets[channel].map { (channel: channel, socket: $0) }
    }
    var items = unsafe channels.map { unsafe $0.socket.pollItem }
    for descriptor in [outbox.descriptor, events?.signalDescriptor ?? -1, events?.parentDescriptor ?? -1] {
      unsafe items.append(zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    }
    var expectsAnswer = false
    while let messages = outbox.takeAll() {
      for message in messages { send(message) }
      guard messages.isEmpty, !(expectsAnswer && outbox.awaitMessages()), outbox.fallAsleep() else { continue }
      expectsAnswer = false
      let status = unsafe zmq_poll(&items, Int32(items.count), events?.pollTimeout ?? -1)
      outbox.wakeUp()
      guard status >= 0 || zmq_errno() == EINTR else {
        throw .last(.polling, "waiting for messages failed", context: "poll")
      }
      handleEvents()
      for (index, entry) in channels.enumerated() where unsafe items[index].revents != 0 {
        receive(on: entry.channel, from: entry.socket)
        expectsAnswer = expectsAnswer || entry.channel != .iopub
      }
    }
  }

  private func handleEvents() {
    guard let events else { return }
    while let event = events.nextSignal() {
      switch event {
      case .interrupt: receiver.receiveInterrupt()
      case .termination: receiver.receiveTermination()
      }
    }
    if events.isOrphaned { receiver.receiveTermination() }
  }

  private func receive(on channel: Channel, from socket: Socket) {
    if channel == .iopub { return welcomeSubscribers(socket) }
    for _ in 0..<Self.turnLength {
      guard let frames = socket.receive() else { return }
      receiver.receive(frames, on: channel)
    }
  }

  private func send(_ message: OutgoingFrames) {
    guard let socket = sockets[message.channel] else { return }
    if message.channel == .iopub { welcomeSubscribers(socket) }
    socket.send(message.frames)
  }

  /// Greets the subscribers that came since the last look, so that the greeting is the first that they see.
  private func welcomeSubscribers(_ socket: Socket) {
    while let frames = socket.receive() {
      guard let event = frames.first, event.first == 1 else { continue }
      if let greeting = receiver.welcome(toTopic: Array(event.dropFirst())) { socket.send(greeting) }
    }
  }
}
