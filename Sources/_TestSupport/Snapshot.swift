import FoundationEssentials

/// Text recorded in a file beside a test.
package struct Snapshot {
  private let file: URL

  /// A snapshot in the folder `Snapshots` beside a source file.
  package init(_ name: String, beside source: String = #filePath) {
    file = URL(fileURLWithPath: source).deletingLastPathComponent().appendingPathComponent("Snapshots")
      .appendingPathComponent(name)
  }

  /// What tells a text from the recorded one, in words; nil if nothing does.
  ///
  /// With `RECORD_SNAPSHOTS=1` in the environment, the text is recorded instead.
  /// - Throws: what the file system says while recording.
  package func difference(from text: String) throws -> String? {
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return nil
    }
    guard let data = try? Data(contentsOf: file) else {
      return "\(file.lastPathComponent) is not recorded: run the test with RECORD_SNAPSHOTS=1"
    }
    let recorded = String(decoding: data, as: UTF8.self)
    guard recorded != text else { return nil }
    let (wanted, found) = (recorded.split(separator: "\n"), text.split(separator: "\n"))
    let line = zip(wanted, found).enumerated().first { $1.0 != $1.1 }?.offset ?? min(wanted.count, found.count)
    return """
      \(file.lastPathComponent), line \(line + 1):
      - \(line < wanted.count ? wanted[line] : "(ends)")
      + \(line < found.count ? found[line] : "(ends)")
      """
  }
}
