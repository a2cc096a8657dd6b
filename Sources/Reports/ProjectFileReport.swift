public import Documents
public import Workspaces

/// A project that was written to a file, or taken from one.
public struct ProjectFileReport: Report {
  /// The path of the file as it was written in the command.
  public let path: String
  /// The folder that the files were put into; nil for an export.
  public let folder: String?
  /// What the file holds.
  public let summary: ProjectFile.Summary

  /// Makes a report.
  public init(path: String, folder: String? = nil, summary: ProjectFile.Summary) {
    self.path = path
    self.folder = folder
    self.summary = summary
  }

  /// What there is, and the statements that load it.
  public var document: Document {
    let bytes = summary.files.map(\.byteCount).reduce(0, +)
    let runs = folder == nil ? "Runs" : "New runs"
    let reports = folder == nil ? "Reports" : "New reports"
    return Document(
      title: folder == nil ? "Exported project" : "Imported project",
      blocks: [
        .facts(
          FactList([
            .init("File", path), .init("Files", "\(summary.files.count)", note: NumberFormat.bytes.string(for: bytes)),
            .init("Folder", folder ?? "–", note: folder == nil ? "" : "the SHA-256 of every file was verified"),
            .init(runs, "\(summary.runCount)"), .init(reports, "\(summary.reportCount)"),
          ])),
        .paragraph(RichText(folder == nil ? "After `import`, this loads it:" : "This loads it:")),
        .code(summary.statements.joined(separator: "\n")),
      ])
  }

  /// Path, folder, files, counts and statements.
  public var data: DataValue {
    [
      "path": .string(path), "folder": folder.map { .string($0) } ?? .null,
      "files": .array(
        summary.files.map { ["path": .string($0.path), "bytes": .integer($0.byteCount)] }),
      "runs": .integer(summary.runCount), "reports": .integer(summary.reportCount),
      "statements": .array(summary.statements.map { .string($0) }),
    ]
  }
}
