import JupyterMessaging
import Testing

@Suite struct WireFormatTests {
  private let wire = WireFormat(signer: MessageSigner(key: "key".utf8), session: "here")

  private func frames(
    header: String = #"{"msg_id": "1", "msg_type": "t", "subshell_id": null}"#, parent: String = "{}",
    metadata: String = "{}", content: String = "{}", buffers: [[UInt8]] = []
  ) -> [[UInt8]] {
    let signed = [header, parent, metadata, content].map { Array($0.utf8) }
    return [[7], Array("<IDS|MSG>".utf8), MessageSigner(key: "key".utf8).signature(of: signed)] + signed + buffers
  }

  private func code(_ frames: [[UInt8]]) -> MessagingError.Code? {
    do {
      _ = try wire.decode(frames)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func `lays frames out as the protocol says`() throws {
    let parent = #"{"msg_id":"p","unknown":[1, 2]}"#
    let message = OutgoingMessage(
      channel: .shell, prefix: [[1], [2, 3]], messageType: "x_reply", parent: Array(parent.utf8), metadata: ["m": 1],
      content: ["c": 2], buffers: [[9]])
    let frames = wire.encode(message)
    #expect(frames.count == 9)
    #expect(Array(frames[..<2]) == [[1], [2, 3]])
    #expect(frames[2] == Array("<IDS|MSG>".utf8))
    #expect(MessageSigner(key: "key".utf8).isValid(frames[3], for: Array(frames[4..<8])))
    #expect(Array(frames[5...]) == [parent, #"{"m":1}"#, #"{"c":2}"#].map { Array($0.utf8) } + [[9]])
    let header = try #require(try JSONValue(parsing: frames[4]).objectValue)
    #expect(Set(header.keys) == ["msg_id", "session", "username", "date", "msg_type", "version"])
    #expect(header["session"] == "here")
    #expect(header["msg_type"] == "x_reply")
    #expect(header["version"] == "5.5")
    let next = try #require(try JSONValue(parsing: wire.encode(message)[4]).objectValue)
    #expect(next["msg_id"] != header["msg_id"])
  }

  @Test func `an answer to nothing has an empty parent header`() {
    let message = OutgoingMessage(channel: .iopub, prefix: [], messageType: "status", parent: nil, content: [:])
    #expect(wire.encode(message)[3] == Array("{}".utf8))
  }

  @Test func `takes a message apart and keeps the header byte by byte`() throws {
    let frames = frames(metadata: #"{"cellId": "c"}"#, content: #"{"code": "é"}"#, buffers: [[1, 2]])
    let message = try wire.decode(frames)
    #expect(message.identities == [[7]])
    #expect(message.header.messageID == "1")
    #expect(message.header.messageType == "t")
    #expect(message.header.bytes == frames[3])
    #expect(message.metadata == ["cellId": "c"])
    #expect(message.content == ["code": "é"])
    #expect(message.buffers == [[1, 2]])
  }

  @Test func `refuses what is missing, forged, repeated or malformed`() {
    #expect(code([]) == .missingFrame)
    #expect(code([[7], [8]]) == .missingFrame)
    #expect(code(Array(frames().dropLast())) == .missingFrame)
    #expect(code(frames(header: "{bad")) == .invalidJSON)
    #expect(code(frames(header: "[]")) == .invalidHeader)
    #expect(code(frames(header: #"{"msg_id": "1"}"#)) == .invalidHeader)
    #expect(code(frames(header: #"{"msg_id": 1, "msg_type": "t"}"#)) == .invalidHeader)
    #expect(code(frames(parent: "1")) == .invalidContent)
    #expect(code(frames(metadata: "null")) == .invalidContent)
    #expect(code(frames(content: "[]")) == .invalidContent)
    for index in 3..<7 {
      var forged = frames()
      forged[index].append(0x20)
      #expect(code(forged) == .wrongSignature)
    }
    let message = frames(content: #"{"n": 1}"#)
    #expect(code(message) == nil)
    #expect(code(message) == .replayedSignature)
    #expect(code(frames(content: #"{"n": 2}"#)) == nil)
  }

  @Test func `buffers are not signed`() {
    var message = frames(buffers: [[1]])
    message[7] = [2, 3]
    #expect(code(message) == nil)
  }

  @Test func `without a key nothing is verified`() throws {
    let open = WireFormat(signer: MessageSigner(key: []))
    var message = frames()
    message[2] = []
    for _ in 0..<2 { #expect(try open.decode(message).header.messageID == "1") }
  }
}
