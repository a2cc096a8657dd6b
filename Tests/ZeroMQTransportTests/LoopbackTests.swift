import CZeroMQ
import JupyterMessaging
import KernelHost
import Synchronization
import Testing
import ZeroMQTransport

/// Sends every message back, and greets subscribers with their topic.
private struct Mirror: TransportReceiver {
  let transport: SocketTransport

  func receive(_ frames: [[UInt8]], on channel: Channel) {
    transport.send([OutgoingFrames(channel: channel, frames: frames)])
  }

  func welcome(toTopic topic: [UInt8]) -> [[UInt8]]? {
    topic == Array("mute".utf8) ? nil : [topic, Array("welcome".utf8)]
  }

  func receiveInterrupt() {}

  func receiveTermination() {}
}

/// A transport on free ports that mirrors, and a context for its clients.
private struct Loopback {
  let transport: SocketTransport
  let context: ZeroMQContext

  init(curveKeys: ConnectionFile.CurveKeys? = nil) throws {
    let ports = Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0, 0) })
    let transport = try SocketTransport(
      ConnectionFile(ports: ports, key: "", curveKeys: curveKeys), watchesProcess: false)
    self.transport = transport
    context = try ZeroMQContext()
    try WorkerThread.start(name: "mirror") { try? transport.run(Mirror(transport: transport)) }
  }

  func client(_ type: Int32, of channel: Channel, configure: (Socket) throws -> Void = { _ in }) throws -> Socket {
    let socket = try context.makeSocket(type)
    try socket.set(ZMQ_LINGER, to: 0)
    try socket.set(ZMQ_RCVTIMEO, to: 10_000)
    try socket.set(ZMQ_RCVHWM, to: 0)
    try configure(socket)
    try socket.connect(to: transport.connection.endpoint(of: channel))
    return socket
  }
}

@Suite struct LoopbackTests {
  private let message = [Array("<IDS|MSG>".utf8), [], [0, 255]]

  @Test(arguments: [Channel.shell, .control, .stdin, .heartbeat])
  func `frames come back to the client that sent them, byte by byte`(channel: Channel) throws {
    let loopback = try Loopback()
    let clients = try (0..<3).map { _ in try loopback.client(ZMQ_DEALER, of: channel) }
    for (number, client) in clients.enumerated() {
      let frames = message + [[UInt8(number)], [UInt8](repeating: 7, count: 100_000)]
      #expect(client.send(frames))
      #expect(client.receive(waits: true) == frames)
    }
    loopback.transport.stop()
  }

  @Test func `a heartbeat answers a request socket`() throws {
    let loopback = try Loopback()
    let client = try loopback.client(ZMQ_REQ, of: .heartbeat)
    for text in ["ping", "again"] {
      #expect(client.send([Array(text.utf8)]))
      #expect(client.receive(waits: true) == [Array(text.utf8)])
    }
    loopback.transport.stop()
  }

  @Test func `every subscriber is greeted before anything else`() throws {
    let loopback = try Loopback()
    for topic in ["", "", "stream"] {
      let client = try loopback.client(ZMQ_SUB, of: .iopub) { try $0.set(ZMQ_SUBSCRIBE, to: topic) }
      #expect(client.receive(waits: true) == [Array(topic.utf8), Array("welcome".utf8)])
    }
    loopback.transport.stop()
  }

  @Test func `nothing that is published is lost or out of order`() throws {
    let loopback = try Loopback()
    let client = try loopback.client(ZMQ_SUB, of: .iopub) { try $0.set(ZMQ_SUBSCRIBE, to: "") }
    #expect(client.receive(waits: true) == [[], Array("welcome".utf8)])
    let messages = (0..<20_000).map { OutgoingFrames(channel: .iopub, frames: [Array("n".utf8), Array("\($0)".utf8)]) }
    for message in messages { loopback.transport.send([message]) }
    var received: [[[UInt8]]] = []
    while received.count < messages.count, let frames = client.receive(waits: true) { received.append(frames) }
    #expect(received == messages.map(\.frames))
    loopback.transport.stop()
  }

  @Test func `several threads send through one transport`() throws {
    let loopback = try Loopback()
    let client = try loopback.client(ZMQ_SUB, of: .iopub) { try $0.set(ZMQ_SUBSCRIBE, to: "") }
    #expect(client.receive(waits: true)?.last == Array("welcome".utf8))
    for sender in UInt8(0)..<4 {
      try WorkerThread.start(name: "sender") { [transport = loopback.transport] in
        for number in UInt8(0)..<250 {
          transport.send([OutgoingFrames(channel: .iopub, frames: [[sender], [number]])])
        }
      }
    }
    var received: [UInt8: [UInt8]] = [:]
    for _ in 0..<1000 {
      let frames = try #require(client.receive(waits: true))
      received[frames[0][0], default: []].append(frames[1][0])
    }
    for sender in UInt8(0)..<4 { #expect(received[sender] == Array(0..<250)) }
    loopback.transport.stop()
  }

  @Test func `a taken port is named`() throws {
    let first = try Loopback()
    #expect {
      try SocketTransport(first.transport.connection, watchesProcess: false)
    } throws: { error in
      let expected = first.transport.connection.endpoint(of: .shell)
      return (error as? TransportError).map { $0.code == .binding && $0.context == expected } ?? false
    }
    first.transport.stop()
  }

  @Test func `with encryption only clients that know the key get through`() throws {
    let server = ConnectionFile.CurveKeys(
      publicKey: "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", secretKey: "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")
    let loopback = try Loopback(curveKeys: server)
    let outsider = try loopback.client(ZMQ_DEALER, of: .shell)
    outsider.send(message)
    let client = try loopback.client(ZMQ_DEALER, of: .shell) { socket in
      try socket.set(ZMQ_CURVE_SERVERKEY, to: server.publicKey)
      try socket.set(ZMQ_CURVE_PUBLICKEY, to: "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID")
      try socket.set(ZMQ_CURVE_SECRETKEY, to: "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs")
    }
    #expect(client.send(message))
    #expect(client.receive(waits: true) == message)
    #expect(outsider.receive() == nil)
    loopback.transport.stop()
  }

  @Test func `a key that is none is refused`() {
    let keys = ConnectionFile.CurveKeys(publicKey: "short", secretKey: "short")
    let ports = Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0, 0) })
    #expect {
      try SocketTransport(ConnectionFile(ports: ports, key: "", curveKeys: keys), watchesProcess: false)
    } throws: { ($0 as? TransportError)?.code == .socketOption }
  }
}
