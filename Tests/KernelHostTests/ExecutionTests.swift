import JupyterMessaging
import Testing

@Suite struct ExecutionTests {
  @Test(arguments: [
    ("1", ["busy", "execute_input", "execute_result", "execute_reply ok", "idle"]),
    ("print a", ["busy", "execute_input", "stdout: a\n", "execute_reply ok", "idle"]),
    ("warn a", ["busy", "execute_input", "stderr: a\n", "execute_reply ok", "idle"]),
    ("display", ["busy", "execute_input", "display_data", "execute_reply ok", "idle"]),
    ("update d", ["busy", "execute_input", "update_display_data", "execute_reply ok", "idle"]),
    ("clear", ["busy", "execute_input", "clear_output", "execute_reply ok", "idle"]),
    ("page x", ["busy", "execute_input", "execute_reply ok", "idle"]),
    ("fail x", ["busy", "execute_input", "error", "execute_reply error", "idle"]),
  ])
  func `a cell's messages come in order, idle last`(code: String, expected: [String]) throws {
    #expect(try ScriptedClient().summaries("execute_request", ["code": .string(code)]) == expected)
  }

  @Test func `the reply goes to its sender and carries the time of the start`() throws {
    let client = try ScriptedClient()
    let id = try client.execute("1")
    let messages = try client.untilIdle(of: id)
    #expect(messages.allSatisfy { $0.parent == id })
    let reply = try #require(messages.first { $0.type == "execute_reply" })
    #expect(reply.channel == .shell)
    #expect(reply.message.identities == [[1, 2]])
    #expect(reply.message.metadata["started"]?.stringValue?.hasSuffix("Z") == true)
    #expect(reply.content == ["status": "ok", "execution_count": 1, "payload": [], "user_expressions": [:]])
    #expect(messages.filter { $0.channel == .iopub }.allSatisfy { $0.message.identities.count == 1 })
  }

  @Test func `a silent cell shows nothing and counts nothing`() throws {
    let client = try ScriptedClient()
    for code in ["1", "print a", "display"] {
      let expected = ["busy", "execute_reply ok", "idle"]
      #expect(try client.summaries("execute_request", ["code": .string(code), "silent": true]) == expected)
    }
    #expect(try client.summaries("execute_request", ["code": "fail", "silent": true]).contains("error") == false)
    #expect(try client.run("1")["execution_count"] == 1)
  }

  @Test func `only stored cells count`() throws {
    let client = try ScriptedClient()
    let counts = try [true, false, true, true].map { stores in
      try client.run("1", ["store_history": .bool(stores)])["execution_count"]?.integerValue
    }
    #expect(counts == [1, 1, 2, 3])
  }

  @Test func `user expressions are evaluated after a cell that went well`() throws {
    let client = try ScriptedClient()
    let asked: JSONObject = ["user_expressions": ["a": "x", "b": "fail"]]
    let values = try client.run("1", asked)["user_expressions"]?.objectValue
    #expect(values?["a"] == ["status": "ok", "data": ["text/plain": "x"], "metadata": [:]])
    #expect(values?["b"]?.objectValue?["ename"] == "Failure")
    #expect(try client.run("fail", asked)["user_expressions"] == nil)
  }

  @Test func `the pager gets its payload`() throws {
    let payload = try ScriptedClient().run("page text")["payload"]
    #expect(payload == [["source": "page", "data": ["text/plain": "text"], "start": 0]])
  }

  @Test func `an error is told once in full and again in the reply`() throws {
    let client = try ScriptedClient()
    let messages = try client.untilIdle(of: client.execute("fail why"))
    let report: JSONObject = ["ename": "Failure", "evalue": "why", "traceback": ["Failure: why"]]
    #expect(messages.filter { $0.type == "error" }.map(\.content) == [report])
    let reply = try #require(messages.first { $0.type == "execute_reply" }).content
    #expect(
      reply.members == [.init(key: "status", value: "error"), .init(key: "execution_count", value: 1)] + report.members)
  }

  @Test func `much printed text arrives whole in few messages`() throws {
    let client = try ScriptedClient()
    let streams = try client.untilIdle(of: client.execute("count 20000")).filter { $0.type == "stream" }
    let text = streams.compactMap { $0.content["text"]?.stringValue }.joined()
    #expect(text == (0..<20_000).map { "\($0)\n" }.joined())
    #expect(streams.count < 50)
  }

  @Test func `printed text appears while the cell still runs`() throws {
    let client = try ScriptedClient()
    let id = try client.execute("print-and-wait early")
    let kinds = try (0..<3).map { _ in try client.next().summary }
    #expect(kinds == ["busy", "execute_input", "stdout: early\n"])
    client.transport.deliverInterrupt()
    #expect(try client.untilIdle(of: id).map(\.summary) == ["error", "execute_reply error", "idle"])
  }

  @Test(
    arguments: [
      ([:], "none"), (["cellId": "a"], "a"), (["cellId": "a", "deletedCells": ["b", "c"]], "a b c"),
      (["cellId": 1, "deletedCells": "b"], "none"), (["deletedCells": [1, "b", nil]], "none b"),
    ] as [(JSONObject, String)])
  func `the interpreter learns which cells there are, whatever the metadata`(metadata: JSONObject, text: String) throws
  {
    let client = try ScriptedClient()
    let id = try client.send("execute_request", ["code": "identify"], metadata: metadata)
    let result = try client.untilIdle(of: id).first { $0.type == "execute_result" }
    #expect(result?.content["data"] == ["text/plain": .string(text)])
  }

  @Test func `a request without code is refused`() throws {
    let client = try ScriptedClient()
    #expect(try client.summaries("execute_request") == ["busy", "execute_reply error", "idle"])
    let reply = try client.reply("execute_request", ["code": 1])
    #expect(reply["evalue"] == "execute_request code: the field is not a string")
    #expect(try client.run("1")["status"] == "ok")
  }
}
