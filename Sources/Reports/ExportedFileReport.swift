public import Documents

/// A file that was written.
public struct ExportedFileReport: Report {
  /// The path as it was written in the command.
  public let path: String
  /// The bytes of the file.
  public let byteCount: Int
  /// What the file holds.
  public let format: String
  /// What the file has no room for, one clause each.
  public let omissions: [String]

  /// Takes what is known of a file.
  public init(path: String, byteCount: Int, format: String, omissions: [String] = []) {
    self.path = path
    self.byteCount = byteCount
    self.format = format
    self.omissions = omissions
  }

  /// One line, and another for what is not in the file.
  public var document: Document {
    let line = RichText(runs: [
      .init("Wrote "), .init(path, .code), .init(" (\(NumberFormat.bytes.string(for: byteCount)): \(format))."),
    ])
    let note = RichText("Not in the file: \(omissions.joined(separator: "; ")).")
    return Document(blocks: [.paragraph(line)] + (omissions.isEmpty ? [] : [.callout(Callout(.note, note))]))
  }

  /// Path, bytes, and what is not in the file.
  public var data: DataValue {
    [
      "path": .string(path), "bytes": .integer(byteCount), "content": .string(format),
      "omissions": .array(omissions.map(DataValue.string)),
    ]
  }
}
