import FoundationEssentials
import JupyterMessaging
import Testing

@Suite struct MessageCatalogTests {
  @Test func `every file of a message has a line in the catalog, and every line a file`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/JupyterMessaging/Messages")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { String($0.dropLast(6)) }
    let listed: [any MessageContent.Type] =
      MessageCatalog.received + MessageCatalog.replies + MessageCatalog.published
    #expect(Set(files) == Set(listed.map { String(describing: $0) }))
  }

  @Test func `no two received types have one name`() {
    let names = MessageCatalog.received.map { $0.messageType }
    #expect(Set(names).count == names.count)
  }
}
