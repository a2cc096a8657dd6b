import FoundationEssentials
import JupyterMessaging

/// The file that several kernels share to remember cells across sessions.
///
/// Each line is a JSON array: `[session]` where a session begins, `[session, line, input, output]` for a cell. Lines are only
/// ever appended, except that a file grown too large is cut to its newer half when a session begins.
struct HistoryFile: Sendable {
  /// A file of more bytes is cut when a session begins.
  static let largestSize = 2 * 1024 * 1024

  private let file: AppendOnlyFile

  /// Opens the file, creating it where it is missing, and begins a session with a number that no other has.
  static func open(
    path: String
  ) throws(KernelHostError) -> (file: HistoryFile, session: Int, earlier: [HistoryReply.Entry]) {
    let file = try AppendOnlyFile(path: path)
    try file.lock()
    defer { file.unlock() }
    var bytes = try file.contents()
    if bytes.count > largestSize {
      bytes = Array(bytes.suffix(largestSize / 2).drop { $0 != UInt8(ascii: "\n") }.dropFirst())
      try file.replaceContents(with: bytes)
    }
    var session = 0
    var earlier: [HistoryReply.Entry] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let fields = (try? JSONValue(parsing: line))?.arrayValue, let number = fields.first?.integerValue else {
        continue
      }
      session = max(session, number)
      guard fields.count == 4, let line = fields[1].integerValue, let input = fields[2].stringValue else { continue }
      earlier.append(HistoryReply.Entry(session: number, line: line, input: input, output: fields[3].stringValue))
    }
    session = session == Int.max ? 1 : session + 1
    let isTorn = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    try file.append((isTorn ? [UInt8(ascii: "\n")] : []) + line([.integer(session)]))
    return (HistoryFile(file: file), session, earlier)
  }

  /// Appends a cell.
  func append(_ entry: HistoryReply.Entry) throws(KernelHostError) {
    try file.lock()
    defer { file.unlock() }
    try file.append(
      Self.line([
        .integer(entry.session), .integer(entry.line), .string(entry.input),
        entry.output.map { .string($0) } ?? .null,
      ]))
  }

  private static func line(_ fields: [JSONValue]) -> [UInt8] {
    JSONValue.array(fields).serialized + [UInt8(ascii: "\n")]
  }
}
