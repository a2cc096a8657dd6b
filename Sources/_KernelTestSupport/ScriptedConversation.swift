public import JupyterMessaging

/// One conversation with a kernel that runs `EchoInterpreter`, for clients over any transport.
public enum ScriptedConversation {
  /// A request and what comes of it.
  public struct Step: Sendable {
    /// The request's type.
    public let type: String
    /// The request's content.
    public let content: JSONObject
    /// The channel that it is sent on.
    public let channel: Channel
    /// What is published for it, in order, between busy and idle.
    public let published: [String]
    /// The status of its reply; nil where it has none.
    public let reply: String?

    init(
      _ type: String, _ content: JSONObject = [:], on channel: Channel = .shell, published: [String] = [],
      reply: String? = "ok"
    ) {
      self.type = type
      self.content = content
      self.channel = channel
      self.published = published
      self.reply = reply
    }
  }

  /// What a client saw of one request.
  public struct Seen: Sendable, Equatable {
    /// What was published for it, in order.
    public var published: [String]
    /// The status of its reply; nil where it has none.
    public var reply: String?

    /// What was seen.
    public init(published: [String] = [], reply: String? = nil) {
      self.published = published
      self.reply = reply
    }
  }

  /// The requests in order, each sent when the one before it is answered.
  public static let steps: [Step] = [
    Step("kernel_info_request"), Step("kernel_info_request", on: .control), Step("connect_request"),
    Step("execute_request", ["code": "1"], published: ["execute_input", "execute_result"]),
    Step("execute_request", ["code": "print a"], published: ["execute_input", "stdout: a\n"]),
    Step("execute_request", ["code": "warn a"], published: ["execute_input", "stderr: a\n"]),
    Step("execute_request", ["code": "display d"], published: ["execute_input", "display_data"]),
    Step("execute_request", ["code": "update d"], published: ["execute_input", "update_display_data"]),
    Step("execute_request", ["code": "clear"], published: ["execute_input", "clear_output"]),
    Step("execute_request", ["code": "page x"], published: ["execute_input"]),
    Step("execute_request", ["code": "1", "silent": true]),
    Step("execute_request", ["code": "fail"], published: ["execute_input", "error"], reply: "error"),
    Step("execute_request", ["code": 1], reply: "error"),
    Step("execute_request", ["code": "1"], published: ["execute_input", "execute_result"]),
    Step("complete_request", ["code": "pr"]), Step("inspect_request", ["code": "print"]),
    Step("is_complete_request", ["code": "1"], reply: "complete"),
    Step("is_complete_request", ["code": "1\\"], reply: "incomplete"),
    Step("is_complete_request", ["code": ")"], reply: "invalid"),
    Step("history_request", ["hist_access_type": "tail", "n": 3]),
    Step("history_request", ["hist_access_type": "sideways"], reply: "error"),
    Step("comm_info_request"),
    Step("comm_open", ["comm_id": "c", "target_name": "t"], published: ["comm_close"], reply: nil),
    Step("comm_msg", ["comm_id": "c"], reply: nil), Step("comm_close", ["comm_id": "c"], reply: nil),
    Step("list_subshell_request", on: .control),
    Step("delete_subshell_request", ["subshell_id": "none"], on: .control, reply: "error"),
    Step("usage_request", on: .control), Step("interrupt_request", on: .control), Step("unheard_of", reply: nil),
    Step("unheard_of_request", on: .control, reply: nil),
    Step("execute_request", ["code": "1"], published: ["execute_input", "execute_result"]),
  ]

  /// What a message says, in a few words: its type, with what tells messages of a type apart.
  public static func summary(type: String, content: JSONObject) -> String {
    switch type {
    case "status": content["execution_state"]?.stringValue ?? ""
    case "stream": "\(content["name"]?.stringValue ?? ""): \(content["text"]?.stringValue ?? "")"
    default: type
    }
  }
}
