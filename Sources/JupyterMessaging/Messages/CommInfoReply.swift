/// Lists the comms that are open.
public struct CommInfoReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "comm_info_reply"

  /// The comms by identifier, each with the name of its target.
  public let comms: [(id: String, targetName: String)]

  /// Creates the content.
  public init(_ comms: [(id: String, targetName: String)]) {
    self.comms = comms
  }

  /// The fields of the content.
  public var fields: JSONObject {
    let members = comms.map { comm in
      JSONObject.Member(key: comm.id, value: ["target_name": .string(comm.targetName)])
    }
    return ["status": "ok", "comms": .object(JSONObject(members))]
  }
}
