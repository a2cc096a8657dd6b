/// The reply to a request that could not be served, whatever its type.
public struct ErrorReply: Sendable {
  /// The failure.
  public let report: ErrorReport

  /// Creates a reply.
  public init(_ report: ErrorReport) {
    self.report = report
  }

  /// The content's fields.
  public var fields: JSONObject {
    JSONObject([.init(key: "status", value: "error")] + report.fields.members)
  }
}
