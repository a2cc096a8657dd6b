/// Tells the ports of the kernel.
public struct ConnectReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "connect_reply"

  /// The port of each channel.
  public let ports: [Channel: Int]

  /// Creates the content.
  public init(ports: [Channel: Int]) {
    self.ports = ports
  }

  /// The fields of the content.
  public var fields: JSONObject {
    var fields: JSONObject = ["status": "ok"]
    for channel in Channel.allCases { fields[channel.portField] = .integer(ports[channel] ?? 0) }
    return fields
  }
}
