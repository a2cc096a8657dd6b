/// Tells how a cell ended.
public struct ExecuteReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "execute_reply"

  /// The ends that a cell can have.
  public enum Outcome: Sendable {
    /// It ran through. `payload` holds bundles for the client's pager, `userExpressions` what became of each expression.
    case ok(payload: [MIMEBundle], userExpressions: [(name: String, result: ExpressionResult)])
    /// It failed.
    case error(ErrorReport)
    /// It did not start, because a request before it failed or was interrupted.
    case aborted
  }

  /// What became of one user expression.
  public enum ExpressionResult: Sendable {
    /// Its value.
    case ok(MIMEBundle)
    /// Its failure.
    case error(ErrorReport)
  }

  /// How the cell ended.
  public let outcome: Outcome
  /// The cell's number; left out where the cell did not start, so that it keeps an empty prompt.
  public let executionCount: Int

  /// Creates a reply.
  public init(_ outcome: Outcome, executionCount: Int) {
    self.outcome = outcome
    self.executionCount = executionCount
  }

  /// The fields of the content.
  public var fields: JSONObject {
    switch outcome {
    case .ok(let payload, let userExpressions):
      [
        "status": "ok", "execution_count": .integer(executionCount),
        "payload": .array(
          payload.map { .object(["source": "page", "data": .object($0.data), "start": 0]) }),
        "user_expressions": .object(
          JSONObject(
            userExpressions.map { JSONObject.Member(key: $0.name, value: .object(Self.fields(of: $0.result))) })
        ),
      ]
    case .error(let report):
      JSONObject(
        [.init(key: "status", value: "error"), .init(key: "execution_count", value: .integer(executionCount))]
          + report.fields.members)
    case .aborted: ["status": "aborted"]
    }
  }

  private static func fields(of result: ExpressionResult) -> JSONObject {
    switch result {
    case .ok(let bundle): ["status": "ok", "data": .object(bundle.data), "metadata": .object(bundle.metadata)]
    case .error(let report): JSONObject([.init(key: "status", value: "error")] + report.fields.members)
    }
  }
}
