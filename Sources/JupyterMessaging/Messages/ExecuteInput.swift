/// Publishes the text of a cell that starts.
public struct ExecuteInput: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "execute_input"

  /// The text of the cell.
  public let code: String
  /// The cell's number.
  public let executionCount: Int

  /// Creates the content.
  public init(code: String, executionCount: Int) {
    self.code = code
    self.executionCount = executionCount
  }

  /// The fields of the content.
  public var fields: JSONObject {
    ["code": .string(code), "execution_count": .integer(executionCount)]
  }
}
