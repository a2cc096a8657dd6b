import Foundation
import Testing

/// Compares text with the file of that name, or writes the file where RECORD_SNAPSHOTS is set.
func expectSnapshot(_ text: String, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
  let expected = try recorded(text, name)
  guard text != expected else { return }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let first = zip(lines, expectedLines).enumerated().first { $0.element.0 != $0.element.1 }
  let line = first?.offset ?? min(lines.count, expectedLines.count)
  let now = lines.indices.contains(line) ? lines[line] : "(end)"
  let was = expectedLines.indices.contains(line) ? expectedLines[line] : "(end)"
  Issue.record("\(name), line \(line + 1)\n  is:  \(now)\n  was: \(was)", sourceLocation: location)
}

/// The recorded text of that name, recording `text` first where RECORD_SNAPSHOTS is set.
func recorded(_ text: String, _ name: String) throws -> String {
  let file = snapshotFile(name)
  if isRecording { try text.write(to: file, atomically: true, encoding: .utf8) }
  return try String(contentsOf: file, encoding: .utf8)
}

private let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil

private func snapshotFile(_ name: String) -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name)
}
