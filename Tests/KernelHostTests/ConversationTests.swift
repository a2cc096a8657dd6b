import JupyterMessaging
import Testing
import _KernelTestSupport

@Suite struct ConversationTests {
  @Test func `the conversation goes as written over a transport in memory`() throws {
    let client = try ScriptedClient()
    for step in ScriptedConversation.steps {
      let messages = try client.untilIdle(of: client.send(step.type, step.content, on: step.channel))
      var seen = ScriptedConversation.Seen()
      for message in messages {
        if message.channel == .iopub {
          seen.published.append(ScriptedConversation.summary(type: message.type, content: message.content))
        } else {
          #expect(message.channel == step.channel)
          seen.reply = message.content["status"]?.stringValue
        }
      }
      #expect(seen == .init(published: ["busy"] + step.published + ["idle"], reply: step.reply), "\(step.type)")
    }
  }
}
