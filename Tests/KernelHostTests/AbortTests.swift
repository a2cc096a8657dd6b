import JupyterMessaging
import Testing

@Suite struct AbortTests {
  /// The summaries of the messages of `id`.
  private func summaries(_ messages: [ScriptedClient.Received], of id: String) -> [String] {
    messages.filter { $0.parent == id }.map(\.summary)
  }

  @Test func `a failure aborts the cells that were sent with it, and no later one`() throws {
    let client = try ScriptedClient()
    let ids = try ["fail", "1", "2"].map { try client.execute($0) }
    let messages = try client.untilIdle(of: ids[2])
    #expect(summaries(messages, of: ids[0]) == ["busy", "execute_input", "error", "execute_reply error", "idle"])
    for id in ids[1...] { #expect(summaries(messages, of: id) == ["busy", "execute_reply aborted", "idle"]) }
    #expect(messages.first { $0.summary == "execute_reply aborted" }?.content == ["status": "aborted"])
    #expect(try client.run("1")["execution_count"] == 2)
  }

  @Test(arguments: [["stop_on_error": false], ["silent": true]] as [JSONObject])
  func `a failure that does not count lets the others run`(options: JSONObject) throws {
    let client = try ScriptedClient()
    _ = try client.execute("fail", options)
    #expect(try client.run("1")["status"] == "ok")
  }

  @Test func `a failure leaves questions alone`() throws {
    let client = try ScriptedClient()
    let failing = try client.execute("fail")
    let question = try client.send("is_complete_request", ["code": "1"])
    let last = try client.execute("1")
    let messages = try client.untilIdle(of: last)
    #expect(summaries(messages, of: question).contains("is_complete_reply complete"))
    #expect(summaries(messages, of: failing).last == "idle")
  }

  @Test(arguments: ["message", "signal"])
  func `an interrupt ends the cell and aborts those that wait`(way: String) throws {
    let client = try ScriptedClient()
    let running = try client.startEndlessCell()
    let waiting = try client.execute("1", ["stop_on_error": false])
    if way == "signal" {
      client.transport.deliverInterrupt()
    } else {
      _ = try client.send("interrupt_request", on: .control)
    }
    let messages = try client.untilIdle(of: waiting)
    let reply = messages.first { $0.parent == running && $0.type == "execute_reply" }
    #expect(reply?.content["ename"] == "KernelInterrupted")
    #expect(summaries(messages, of: waiting) == ["busy", "execute_reply aborted", "idle"])
    #expect(try client.run("1")["execution_count"] == 2)
  }

  @Test func `an interrupt of an idle kernel has no effect`() throws {
    let client = try ScriptedClient()
    #expect(try client.reply("interrupt_request", on: .control) == ["status": "ok"])
    client.transport.deliverInterrupt()
    #expect(try client.run("wait 0.01")["status"] == "ok")
  }
}
