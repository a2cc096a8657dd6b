import JupyterMessaging
import Testing

@Suite struct LifecycleTests {
  @Test(arguments: [Channel.control, .shell], [false, true])
  func `shutdown tells everybody and ends with status 0`(channel: Channel, restarts: Bool) throws {
    let client = try ScriptedClient()
    let id = try client.send("shutdown_request", ["restart": .bool(restarts)], on: channel)
    let messages = try client.untilIdle(of: id)
    #expect(messages.map(\.channel) == [.iopub, .iopub, channel, .iopub])
    let replies = messages.filter { $0.type == "shutdown_reply" }
    #expect(replies.map(\.content) == Array(repeating: ["status": "ok", "restart": .bool(restarts)], count: 2))
    #expect(client.waitForExit() == 0)
  }

  @Test func `shutdown stops a running cell`() throws {
    let client = try ScriptedClient()
    let running = try client.startEndlessCell()
    _ = try client.send("shutdown_request", on: .control)
    #expect(client.waitForExit() == 0)
    #expect(try client.untilIdle(of: running).contains { $0.type == "execute_reply" })
  }

  @Test func `bad frames and answers on stdin are dropped`() throws {
    let client = try ScriptedClient()
    for channel in [Channel.shell, .control, .stdin] {
      client.transport.deliver([], on: channel)
      client.transport.deliver([[1], Array("<IDS|MSG>".utf8), [], [], [], [], []], on: channel)
    }
    _ = try client.send("input_reply", ["value": "x"], on: .stdin)
    #expect(try client.summaries("kernel_info_request") == ["busy", "kernel_info_reply ok", "idle"])
  }
}
