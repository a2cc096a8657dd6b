import Synchronization

/// Turns messages into frames and frames into messages, for one session and key.
///
/// The frames are: prefix frames, the delimiter `<IDS|MSG>`, the signature, header, parent header, metadata, content, and
/// any number of buffers. The signature covers the four JSON frames as they stand on the wire.
public final class WireFormat: Sendable {
  /// The version of the messaging protocol, in every header and in the kernel's description.
  public static let protocolVersion = "5.5"

  static let delimiter = Array("<IDS|MSG>".utf8)

  /// The session of this process, the same in every header that it sends.
  public let session: String
  private let signer: MessageSigner
  private let headerStart: ArraySlice<UInt8>
  private let sent = Atomic<Int>(0)
  private let history = Mutex(ReplayHistory())

  /// Creates a wire format that signs with `signer`.
  public init(signer: MessageSigner, session: String = RandomIdentifier.make()) {
    self.signer = signer
    self.session = session
    let fixed: JSONObject = [
      "version": .string(Self.protocolVersion), "username": "kernel", "session": .string(session),
      "msg_id": .string(session + "_"),
    ]
    headerStart = JSONWriter.write(fixed).dropLast(2)
  }

  /// The frames of `message`, with a new header and the signature.
  public func encode(_ message: OutgoingMessage) -> [[UInt8]] {
    let number = sent.add(1, ordering: .relaxed).newValue
    let signed = [
      header(number, message.messageType), message.parent ?? Array("{}".utf8), JSONWriter.write(message.metadata),
      JSONWriter.write(message.content),
    ]
    return message.prefix + [Self.delimiter, signer.signature(of: signed)] + signed + message.buffers
  }

  /// Written out by hand since five headers lie between a request and its idle; none of the texts needs an escape.
  private func header(_ number: Int, _ messageType: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    bytes.append(contentsOf: headerStart)
    bytes.append(contentsOf: number.description.utf8)
    bytes.append(contentsOf: #"","msg_type":""#.utf8)
    bytes.append(contentsOf: messageType.utf8)
    bytes.append(contentsOf: #"","date":""#.utf8)
    bytes.append(contentsOf: Timestamp.now().utf8)
    bytes.append(contentsOf: #""}"#.utf8)
    return bytes
  }

  /// The message in `frames`.
  ///
  /// - Throws: `MessagingError` where a frame is missing, the signature is wrong or was seen before, the text is not JSON,
  ///   or a part is not an object. The caller logs and drops such a message.
  public func decode(_ frames: [[UInt8]]) throws(MessagingError) -> IncomingMessage {
    guard let position = frames.firstIndex(of: Self.delimiter) else {
      throw MessagingError(.missingFrame, "there is no <IDS|MSG> delimiter")
    }
    let parts = Array(frames[(position + 1)...])
    guard parts.count >= 5 else {
      throw MessagingError(.missingFrame, "\(parts.count) frames follow the delimiter, at least 5 are needed")
    }
    let signature = parts[0]
    let signed = Array(parts[1..<5])
    guard signer.isValid(signature, for: signed) else {
      throw MessagingError(.wrongSignature, "the signature does not match; client and kernel need the same key")
    }
    if signer.isEnabled, !history.withLock({ $0.insert(signature) }) {
      throw MessagingError(.replayedSignature, "the signature was used before")
    }
    let header = try MessageHeader(parsing: signed[0])
    _ = try object(signed[1], "parent_header", of: header)
    return IncomingMessage(
      identities: Array(frames[..<position]), header: header, metadata: try object(signed[2], "metadata", of: header),
      content: try object(signed[3], "content", of: header), buffers: Array(parts[5...]))
  }

  private func object(
    _ bytes: [UInt8], _ part: String, of header: MessageHeader
  ) throws(MessagingError) -> JSONObject {
    guard let object = try JSONValue(parsing: bytes).objectValue else {
      throw MessagingError(.invalidContent, "it is not an object", context: "\(header.messageType) \(part)")
    }
    return object
  }
}
