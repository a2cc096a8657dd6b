import JupyterMessaging
import Testing

@Suite struct SubshellTests {
  private func makeSubshell(_ client: ScriptedClient) throws -> String {
    let reply = try client.reply("create_subshell_request", on: .control)
    #expect(reply["status"] == "ok")
    return try #require(reply["subshell_id"]?.stringValue)
  }

  @Test func `the kernel says that it has subshells`() throws {
    #expect(try ScriptedClient().reply("kernel_info_request")["supported_features"] == ["kernel subshells"])
  }

  @Test func `they are made, listed and deleted`() throws {
    let client = try ScriptedClient()
    #expect(try client.reply("list_subshell_request", on: .control)["subshell_id"] == [])
    let ids = try [makeSubshell(client), makeSubshell(client)]
    let list: JSONValue = .array(ids.map { .string($0) })
    #expect(try client.reply("list_subshell_request", on: .control)["subshell_id"] == list)
    #expect(
      try client.reply("delete_subshell_request", ["subshell_id": .string(ids[0])], on: .control)["status"] == "ok")
    let left = try client.reply("list_subshell_request", on: .control)["subshell_id"]
    #expect(left == .array([.string(ids[1])]))
  }

  @Test func `a cell in one runs beside a cell in the main shell`() throws {
    let client = try ScriptedClient()
    let id = try makeSubshell(client)
    let running = try client.startEndlessCell()
    let cell = try client.execute("1", in: id)
    #expect(
      try client.untilIdle(of: cell).map(\.summary) == [
        "busy", "execute_input", "execute_result", "execute_reply ok", "idle",
      ])
    let status = try client.next()
    #expect(status.summary == "busy" && status.parent == running)
    client.transport.deliverInterrupt()
    #expect(try client.untilIdle(of: running).map(\.summary) == ["error", "execute_reply error", "idle"])
  }

  @Test func `each counts its own cells and has its own history`() throws {
    let client = try ScriptedClient()
    let id = try makeSubshell(client)
    for _ in 0..<3 { try client.run("main") }
    let reply = try #require(
      try client.untilIdle(of: client.execute("other", in: id)).first { $0.type == "execute_reply" })
    #expect(reply.content["execution_count"] == 1)
    #expect(reply.message.header.messageType == "execute_reply")
    let history = try client.untilIdle(
      of: client.send("history_request", ["hist_access_type": "tail", "n": 9], in: id)
    ).first { $0.type == "history_reply" }
    #expect(history?.content["history"] == [[1, 1, "other"]])
  }

  @Test func `a failure aborts only what waits in the same shell`() throws {
    let client = try ScriptedClient()
    let id = try makeSubshell(client)
    let running = try client.startEndlessCell()
    let waiting = try client.execute("1")
    let failing = try client.execute("fail", in: id)
    #expect(try client.untilIdle(of: failing).map(\.summary).contains("execute_reply error"))
    client.transport.deliverInterrupt()
    _ = try client.untilIdle(of: running)
    #expect(try client.untilIdle(of: waiting).map(\.summary).contains("execute_reply aborted"))
    #expect(try client.run("1")["status"] == "ok")
  }

  @Test func `a deleted one ends its cell and answers no more`() throws {
    let client = try ScriptedClient()
    let id = try makeSubshell(client)
    let running = try client.execute("wait 1000", in: id)
    #expect(try [client.next().summary, client.next().summary] == ["busy", "execute_input"])
    let deletion = try client.send("delete_subshell_request", ["subshell_id": .string(id)], on: .control)
    var open: Set = [running, deletion]
    var replies: [String] = []
    while !open.isEmpty {
      let message = try client.next()
      if message.type.hasSuffix("_reply") { replies.append(message.summary) }
      if message.summary == "idle" { open.remove(message.parent) }
    }
    #expect(Set(replies) == ["delete_subshell_reply ok", "execute_reply error"])
  }

  @Test func `one that does not exist is refused`() throws {
    let client = try ScriptedClient()
    for type in ["execute_request", "complete_request", "comm_info_request"] {
      let messages = try client.untilIdle(of: client.send(type, ["code": "1"], in: "nowhere"))
      #expect(messages.map(\.type) == ["status", type.replacing("_request", with: "_reply"), "status"])
      #expect(messages[1].content["ename"] == "UnknownSubshell")
    }
    let reply = try client.reply("delete_subshell_request", ["subshell_id": "nowhere"], on: .control)
    #expect(reply["ename"] == "UnknownSubshell")
    #expect(try client.run("1")["status"] == "ok")
  }

  @Test func `there is a limit to their number`() throws {
    let client = try ScriptedClient()
    for _ in 0..<64 { _ = try makeSubshell(client) }
    #expect(try client.reply("create_subshell_request", on: .control)["ename"] == "SubshellLimit")
    #expect(try client.run("1")["status"] == "ok")
  }
}
