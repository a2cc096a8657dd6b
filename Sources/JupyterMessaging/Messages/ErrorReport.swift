/// A failure: in a reply with status error, and on its own as the output of a failed cell.
public struct ErrorReport: SentContent, Error, Equatable {
  /// The name of the type on the wire.
  public static let messageType = "error"

  /// The kind of failure, one word.
  public let name: String
  /// What went wrong.
  public let value: String
  /// The lines that a front end shows; they may carry ANSI colours.
  public let traceback: [String]

  /// Creates a report.
  public init(name: String, value: String, traceback: [String]) {
    self.name = name
    self.value = value
    self.traceback = traceback
  }

  /// The fields of the content.
  public var fields: JSONObject {
    [
      "ename": .string(name), "evalue": .string(value),
      "traceback": .array(traceback.map { .string($0) }),
    ]
  }
}
