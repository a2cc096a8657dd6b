/// Greets a client whose subscription to iopub has taken effect.
public struct IOPubWelcome: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "iopub_welcome"

  /// The topic that it subscribed to; empty for everything.
  public let subscription: String

  /// Creates the content.
  public init(subscription: String) {
    self.subscription = subscription
  }

  /// The fields of the content.
  public var fields: JSONObject { ["subscription": .string(subscription)] }
}
