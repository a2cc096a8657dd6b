/// Asks the kernel to run a cell.
public struct ExecuteRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "execute_request"

  /// The text of the cell.
  public let code: String
  /// Whether to run without output, history and count.
  public let isSilent: Bool
  /// Whether the cell enters the history and raises the execution count; never where it is silent.
  public let storesHistory: Bool
  /// Expressions to evaluate after the cell, by the name of their result.
  public let userExpressions: [(name: String, expression: String)]
  /// Whether the client can answer questions of the running cell.
  public let allowsStdin: Bool
  /// Whether an error aborts the requests that wait behind this one.
  public let stopsOnError: Bool

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    code = try fields.string("code")
    isSilent = try fields.bool("silent", default: false)
    let asked = try fields.bool("store_history", default: !isSilent)
    storesHistory = asked && !isSilent
    userExpressions = try fields.object("user_expressions", default: [:]).members.map { member in
      (member.key, member.value.stringValue ?? "")
    }
    allowsStdin = try fields.bool("allow_stdin", default: false)
    stopsOnError = try fields.bool("stop_on_error", default: true)
  }
}
