import Foundation
import JupyterMessaging
import Testing

@Suite struct FloodTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "octet-flood-\(UUID().uuidString)")

  private func texts(_ messages: [ScriptedClient.Received]) -> [String] {
    messages.filter { $0.type == "stream" }.compactMap { $0.content["text"]?.stringValue }
  }

  @Test func `beyond the limit the whole text is in a file that is named`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let client = try ScriptedClient(overflowFolder: folder.path)
    let lines = 300_000
    let shown = texts(try client.untilIdle(of: client.execute("count \(lines)")))
    let head = try #require(shown.dropLast().joined().isEmpty ? nil : shown.dropLast().joined())
    let ending = try #require(shown.last)
    let whole = (0..<lines).map { "\($0)\n" }.joined()
    #expect(whole.hasPrefix(head))
    #expect(head.hasSuffix("\n"))
    #expect(head.utf8.count <= 512 * 1024 && head.utf8.count > 400 * 1024)
    #expect(ending.hasSuffix("299998\n299999\n"))
    #expect(ending.utf8.count < 10_000)
    let file = try #require(ending.split(separator: "\n").lazy.compactMap { $0.split(separator: " ").last }.first)
    #expect(file.hasPrefix(folder.path))
    #expect(try String(contentsOfFile: String(file), encoding: .utf8) == whole)
    #expect(try client.run("1")["status"] == "ok")
  }

  @Test func `without a folder the text is cut and said to be`() throws {
    let client = try ScriptedClient()
    let shown = texts(try client.untilIdle(of: client.execute("count 300000")))
    #expect(shown.joined().utf8.count < 540 * 1024)
    #expect(shown.last?.contains("could not be kept") == true)
  }

  @Test func `the files of the last twenty cells are kept`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let client = try ScriptedClient(overflowFolder: folder.path)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for number in 0..<25 {
      let file = folder.appending(path: "cell-\(number)-old.txt")
      try Data().write(to: file)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(number))], ofItemAtPath: file.path)
    }
    try Data().write(to: folder.appending(path: "notes.txt"))
    try client.run("flood 600000")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.count == 21)
    #expect(left.contains("notes.txt") && left.contains("cell-24-old.txt") && !left.contains("cell-5-old.txt"))
  }

  @Test func `text without line ends is cut between scalars`() throws {
    let client = try ScriptedClient()
    let shown = texts(try client.untilIdle(of: client.execute("flood 600001")))
    #expect(shown.joined().allSatisfy { $0 == "é" || $0.isASCII || $0 == "…" || $0 == "\u{202F}" })
    #expect(shown.joined().utf8.count < 540 * 1024)
  }
}
