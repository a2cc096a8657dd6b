public import Documents

/// A file that was written.
public struct ExportedFileReport: Report {
  /// The path as it was written in the command.
  public let path: String
  /// The bytes of the file.
  public let byteCount: Int
  /// What the file holds.
  public let format: String

  /// Takes what is known of a file.
  public init(path: String, byteCount: Int, format: String) {
    self.path = path
    self.byteCount = byteCount
    self.format = format
  }

  /// One line.
  public var document: Document {
    Document(blocks: [
      .paragraph(
        RichText(runs: [
          .init("Wrote "), .init(path, .code), .init(" (\(NumberFormat.bytes.string(for: byteCount)): \(format))."),
        ]))
    ])
  }

  /// Path and bytes.
  public var data: DataValue { ["path": .string(path), "bytes": .integer(byteCount), "content": .string(format)] }
}
