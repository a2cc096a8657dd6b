import Dispatch
import FoundationEssentials
import JupyterMessaging
import KernelHost
import Logging
import Synchronization
import Testing
import _KernelTestSupport

/// A kernel of its own and the client that talks to it.
final class ScriptedClient: Sendable {
  /// What the kernel sent, as the client sees it.
  struct Received: Sendable {
    let channel: Channel
    let type: String
    let parent: String
    let content: JSONObject
    let message: IncomingMessage

    /// The type, with what tells messages of a type apart.
    var summary: String {
      switch type {
      case "status": content["execution_state"]?.stringValue ?? ""
      case "stream": "\(content["name"]?.stringValue ?? ""): \(content["text"]?.stringValue ?? "")"
      default: type.hasSuffix("_reply") ? "\(type) \(content["status"]?.stringValue ?? "")" : type
      }
    }
  }

  private static let key = Array("secret".utf8)

  /// Longer than any answer takes, so that a kernel that hangs fails a test instead of stopping it.
  private static let patience = 20.0

  let transport = InMemoryTransport()
  private let kernel: Kernel
  private let wire = WireFormat(signer: MessageSigner(key: ScriptedClient.key))
  private let reader = WireFormat(signer: MessageSigner(key: ScriptedClient.key))
  private let exit = Mutex<Int32?>(nil)
  private let exited = DispatchSemaphore(value: 0)

  init(history: (any HistoryStore)? = nil, overflowFolder: String? = nil) throws {
    let connection = ConnectionFile(ports: [.shell: 1, .control: 2], key: "secret")
    var logger = Logger(label: "kernel")
    logger.logLevel = .critical
    kernel = try Kernel(
      connection: connection, transport: transport, interpreter: EchoInterpreter(), history: history,
      overflowFolder: overflowFolder, logger: logger)
    try WorkerThread.start(name: "kernel") { [self] in
      let status = try? kernel.run()
      exit.withLock { $0 = status }
      exited.signal()
    }
    #expect(try next().summary == "starting")
  }

  /// Sends a request and gives the identifier that its answers name.
  func send(
    _ type: String, _ content: JSONObject = [:], metadata: JSONObject = [:], on channel: Channel = .shell,
    in subshell: String? = nil
  ) throws -> String {
    let message = OutgoingMessage(
      channel: channel, prefix: [[1, 2]], messageType: type, parent: nil, metadata: metadata, content: content)
    var frames = wire.encode(message)
    if let subshell {
      var header = try #require(try JSONValue(parsing: frames[3]).objectValue)
      header["subshell_id"] = .string(subshell)
      frames[3] = JSONValue.object(header).serialized
      frames[2] = MessageSigner(key: Self.key).signature(of: Array(frames[3...6]))
    }
    transport.deliver(frames, on: channel)
    return try MessageHeader(parsing: frames[3]).messageID
  }

  func execute(_ code: String, _ options: JSONObject = [:], in subshell: String? = nil) throws -> String {
    try send(
      "execute_request", JSONObject([.init(key: "code", value: .string(code))] + options.members), in: subshell)
  }

  /// The next message of the kernel.
  func next() throws -> Received {
    let sent = try #require(transport.next(within: Self.patience), "the kernel is silent")
    let message = try reader.decode(sent.frames)
    let position = try #require(sent.frames.firstIndex(of: Array("<IDS|MSG>".utf8)))
    let parent = try JSONValue(parsing: sent.frames[position + 3]).objectValue
    return Received(
      channel: sent.channel, type: message.header.messageType, parent: parent?["msg_id"]?.stringValue ?? "",
      content: message.content, message: message)
  }

  /// Everything up to the idle of the request `id`, which closes the list.
  func untilIdle(of id: String) throws -> [Received] {
    var messages: [Received] = []
    while true {
      let message = try next()
      messages.append(message)
      if message.parent == id, message.summary == "idle" { return messages }
    }
  }

  /// Sends a request and gives the summaries of all its messages.
  func summaries(_ type: String, _ content: JSONObject = [:], on channel: Channel = .shell) throws -> [String] {
    try untilIdle(of: send(type, content, on: channel)).map(\.summary)
  }

  /// Sends a request and gives the content of its reply.
  func reply(_ type: String, _ content: JSONObject = [:], on channel: Channel = .shell) throws -> JSONObject {
    let id = try send(type, content, on: channel)
    let reply = try untilIdle(of: id).first { $0.parent == id && $0.channel == channel }
    return try #require(reply).content
  }

  /// Runs a cell and gives the content of its reply.
  @discardableResult
  func run(_ code: String, _ options: JSONObject = [:]) throws -> JSONObject {
    let id = try execute(code, options)
    return try #require(try untilIdle(of: id).first { $0.parent == id && $0.type == "execute_reply" }).content
  }

  /// Starts a cell that runs until it is interrupted, and waits until it runs.
  func startEndlessCell() throws -> String {
    let id = try execute("wait 1000")
    #expect(try [next().summary, next().summary] == ["busy", "execute_input"])
    return id
  }

  /// The status that the kernel exits with.
  func waitForExit() -> Int32? {
    guard exited.wait(timeout: .now() + Self.patience) == .success else { return nil }
    return exit.withLock { $0 }
  }
}
