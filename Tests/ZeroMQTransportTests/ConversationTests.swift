import CZeroMQ
import JupyterMessaging
import KernelHost
import Logging
import Testing
import ZeroMQTransport
import _KernelTestSupport

/// A client of a kernel on real sockets.
private struct SocketClient {
  private static let key = "secret"

  private let context: ZeroMQContext
  private let sockets: [Channel: Socket]
  private let writer = WireFormat(signer: MessageSigner(key: SocketClient.key.utf8))
  private let reader = WireFormat(signer: MessageSigner(key: SocketClient.key.utf8))

  init(_ transportProtocol: ConnectionFile.TransportProtocol, ip: String) throws {
    let ports = Dictionary(
      uniqueKeysWithValues: Channel.allCases.enumerated().map { ($1, transportProtocol == .tcp ? 0 : $0 + 1) })
    let transport = try SocketTransport(
      ConnectionFile(transport: transportProtocol, ip: ip, ports: ports, key: Self.key), watchesProcess: false)
    var logger = Logger(label: "kernel")
    logger.logLevel = .critical
    let kernel = try Kernel(
      connection: transport.connection, transport: transport, interpreter: EchoInterpreter(),
      overflowFolder: nil, logger: logger)
    context = try ZeroMQContext()
    var sockets: [Channel: Socket] = [:]
    for (channel, type) in [Channel.shell: ZMQ_DEALER, .control: ZMQ_DEALER, .iopub: ZMQ_SUB] {
      let socket = try context.makeSocket(type)
      try socket.set(ZMQ_LINGER, to: 0)
      try socket.set(ZMQ_RCVTIMEO, to: 20_000)
      if channel == .iopub { try socket.set(ZMQ_SUBSCRIBE, to: "") }
      try socket.connect(to: transport.connection.endpoint(of: channel))
      sockets[channel] = socket
    }
    self.sockets = sockets
    try WorkerThread.start(name: "kernel") { _ = try? kernel.run() }
    // The greeting says that the subscription holds, so that nothing is missed.
    while try receive(.iopub).type != "iopub_welcome" {}
  }

  func ask(_ step: ScriptedConversation.Step) throws -> ScriptedConversation.Seen {
    let frames = writer.encode(
      OutgoingMessage(
        channel: step.channel, prefix: [], messageType: step.type, parent: nil, content: step.content))
    let id = try MessageHeader(parsing: frames[2]).messageID
    let socket = try #require(sockets[step.channel])
    #expect(socket.send(frames))
    var seen = ScriptedConversation.Seen()
    while seen.published.last != "idle" {
      let message = try receive(.iopub)
      guard message.parent == id else { continue }
      seen.published.append(ScriptedConversation.summary(type: message.type, content: message.content))
    }
    if step.reply != nil {
      let reply = try receive(step.channel)
      #expect(reply.parent == id)
      seen.reply = reply.content["status"]?.stringValue
    }
    return seen
  }

  private func receive(_ channel: Channel) throws -> (type: String, parent: String, content: JSONObject) {
    let frames = try #require(sockets[channel]?.receive(waits: true), "nothing came on \(channel)")
    let message = try reader.decode(frames)
    let position = try #require(frames.firstIndex(of: Array("<IDS|MSG>".utf8)))
    let parent = try JSONValue(parsing: frames[position + 3]).objectValue
    return (message.header.messageType, parent?["msg_id"]?.stringValue ?? "", message.content)
  }

  /// Ends the kernel.
  func shutdown() throws {
    let frames = writer.encode(
      OutgoingMessage(channel: .control, prefix: [], messageType: "shutdown_request", parent: nil, content: [:]))
    _ = sockets[.control]?.send(frames)
    #expect(try receive(.control).type == "shutdown_reply")
  }
}

@Suite struct ConversationTests {
  @Test(arguments: [ConnectionFile.TransportProtocol.tcp, .ipc])
  func `the conversation goes as written over sockets`(transport: ConnectionFile.TransportProtocol) throws {
    let client = try SocketClient(
      transport, ip: transport == .tcp ? "127.0.0.1" : "/tmp/octet-test-\(RandomIdentifier.make())")
    for step in ScriptedConversation.steps {
      #expect(
        try client.ask(step) == .init(published: ["busy"] + step.published + ["idle"], reply: step.reply),
        "\(step.type)")
    }
    try client.shutdown()
  }
}
