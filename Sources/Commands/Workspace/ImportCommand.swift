import CommandLanguage
import Reports
import Workspaces

/// `import`: an exported project.
enum ImportCommand: Command {
  static let signature = CommandSignature(
    "import", summary: "Takes a project that `export project` wrote into the workspace, with its files.",
    discussion: """
      Every file is verified by its SHA-256 before anything is written; a file that is there already with another content
      is never replaced. Runs and reports that are known are left as they are, so the same file can be imported again
      after the project went on elsewhere.
      """, result: .result,
    positional: [ParameterSignature("file", .filePath([]), "The file.")],
    labels: [
      ParameterSignature(
        "into", .filePath([.folder]), absent: "a folder beside the file, of its name",
        "The folder for the files of models and dataset.")
    ], examples: [CommandExample("import \"classifier.project\"", "everything that the file holds")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let workspace = try context.workspace(arguments)
    guard let path = arguments.string("file") else { throw CommandFailure(.missing("file", arguments)) }
    let folder = arguments.string("into") ?? Self.folder(for: path)
    let progress = context.beginProgress("Importing")
    let summary = try attempt(arguments, "file") {
      try workspace.importProject(
        from: context.session.path(path), into: context.session.path(folder), isCancelled: context.isCancelled)
    }
    progress.finish("\(summary.files.count) files")
    let model = "\(folder)/model/".quotedForSource.dropLast()
    let statements = summary.statements.map { $0.replacing("\"model/", with: model) }
      .map { $0.replacing("\"dataset\"", with: "\(folder)/dataset".quotedForSource) }
    let report = ProjectFileReport(
      path: path, folder: folder,
      summary: ProjectFile.Summary(
        files: summary.files, runCount: summary.runCount, reportCount: summary.reportCount, statements: statements))
    return .reporting(report, as: .result)
  }

  /// The path without its extension; with `_files` behind it where it has none.
  private static func folder(for path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return path + "_files" }
    return String(path.dropLast(name.distance(from: point, to: name.endIndex)))
  }
}
