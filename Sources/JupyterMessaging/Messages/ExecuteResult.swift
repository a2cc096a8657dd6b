/// Publishes the value of a cell.
public struct ExecuteResult: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "execute_result"

  /// The value in several forms.
  public let bundle: MIMEBundle
  /// The cell's number.
  public let executionCount: Int

  /// Creates the content.
  public init(_ bundle: MIMEBundle, executionCount: Int) {
    self.bundle = bundle
    self.executionCount = executionCount
  }

  /// The fields of the content.
  public var fields: JSONObject {
    [
      "execution_count": .integer(executionCount), "data": .object(bundle.data),
      "metadata": .object(bundle.metadata),
    ]
  }
}
