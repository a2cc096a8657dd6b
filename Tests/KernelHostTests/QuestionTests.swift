import JupyterMessaging
import Testing
import _KernelTestSupport

@Suite struct QuestionTests {
  static let questions: [(String, JSONObject)] = [
    ("kernel_info_request", [:]), ("complete_request", ["code": "pr"]), ("inspect_request", ["code": "print"]),
    ("is_complete_request", ["code": "1"]), ("history_request", [:]), ("comm_info_request", [:]),
    ("connect_request", [:]), ("usage_request", [:]), ("list_subshell_request", [:]),
  ]

  @Test(arguments: [Channel.shell, .control], questions.indices)
  func `each has busy, a reply on its channel, and idle`(channel: Channel, index: Int) throws {
    let (type, content) = Self.questions[index]
    let client = try ScriptedClient()
    let messages = try client.untilIdle(of: client.send(type, content, on: channel))
    #expect(messages.map(\.type) == ["status", type.replacing("_request", with: "_reply"), "status"])
    #expect(messages[1].channel == channel)
    #expect(messages[1].message.identities == [[1, 2]])
  }

  @Test(arguments: questions.indices)
  func `while a cell runs, its busy follows each idle`(index: Int) throws {
    let (type, content) = Self.questions[index]
    let client = try ScriptedClient()
    let running = try client.startEndlessCell()
    let question = try client.send(type, content)
    let messages = try client.untilIdle(of: question)
    #expect(messages.contains { $0.type.hasSuffix("_reply") })
    let status = try client.next()
    #expect(status.summary == "busy")
    #expect(status.parent == running)
    client.transport.deliverInterrupt()
    #expect(try client.untilIdle(of: running).map(\.summary) == ["error", "execute_reply error", "idle"])
  }

  @Test func `the kernel describes itself`() throws {
    let reply = try ScriptedClient().reply("kernel_info_request")
    #expect(reply["protocol_version"] == "5.5")
    #expect(reply["implementation"] == "echo")
    #expect(reply["help_links"] == [["text": "Echo", "url": "https://example.org/"]])
  }

  @Test(
    arguments: [
      (["code": "pr"], ["print"], 0, 2), (["code": "é😀e\u{301} c"], ["clear", "count"], 5, 6),
      (["code": "wx", "cursor_pos": 1], ["wait", "warn"], 0, 1),
      (["code": "p", "cursor_pos": 99], ["page", "print"], 0, 1),
      (["code": "p", "cursor_pos": -5], EchoInterpreter.verbs, 0, 0),
    ] as [(JSONObject, [String], Int, Int)])
  func `completion counts Unicode scalars`(content: JSONObject, matches: [String], start: Int, end: Int) throws {
    let reply = try ScriptedClient().reply("complete_request", content)
    #expect(reply["matches"] == .array(matches.map { .string($0) }))
    #expect(reply["cursor_start"] == .integer(start))
    #expect(reply["cursor_end"] == .integer(end))
  }

  @Test func `inspection finds or does not find`() throws {
    let client = try ScriptedClient()
    let found = try client.reply("inspect_request", ["code": "print", "detail_level": 1])
    #expect(found["data"] == ["text/plain": "print is a verb, detail 1"])
    #expect(try client.reply("inspect_request", ["code": "x"])["found"] == false)
  }

  @Test(arguments: [("1", "complete"), ("x\\", "incomplete"), (")", "invalid")])
  func `a text is complete, incomplete or invalid`(code: String, status: String) throws {
    #expect(try ScriptedClient().reply("is_complete_request", ["code": .string(code)])["status"] == .string(status))
  }

  @Test func `ports are told as the connection file has them`() throws {
    let reply = try ScriptedClient().reply("connect_request")
    #expect(reply["shell_port"] == 1)
    #expect(reply["control_port"] == 2)
  }

  @Test func `a comm that nobody offers is closed at once`() throws {
    let client = try ScriptedClient()
    let messages = try client.untilIdle(
      of: client.send("comm_open", ["comm_id": "c", "target_name": "t", "data": [:]]))
    #expect(messages.map(\.summary) == ["busy", "comm_close", "idle"])
    #expect(messages[1].content["comm_id"] == "c")
    for type in ["comm_msg", "comm_close"] {
      #expect(try client.summaries(type, ["comm_id": "c", "data": [:]]) == ["busy", "idle"])
    }
    #expect(try client.reply("comm_info_request") == ["status": "ok", "comms": [:]])
  }

  @Test(arguments: MessageCatalog.received.map { $0.messageType }.filter { $0.hasSuffix("_request") })
  func `every request of the catalog has a reply`(type: String) throws {
    let client = try ScriptedClient()
    let messages = try client.untilIdle(of: client.send(type, ["code": "1"]))
    #expect(messages.contains { $0.type == type.replacing("_request", with: "_reply") })
  }

  @Test func `an unknown type has only busy and idle`() throws {
    #expect(try ScriptedClient().summaries("foo_request") == ["busy", "idle"])
  }
}
