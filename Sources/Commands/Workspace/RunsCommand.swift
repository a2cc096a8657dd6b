import CommandLanguage
import Reports
import Workspaces

/// `runs`: the statements that the workspace keeps.
enum RunsCommand: Command {
  static let signature = CommandSignature(
    "runs", summary: "Lists what was run, in all notebooks, and how it ended.",
    discussion: """
      Every statement that measures, calibrates or reports is a run with a number. `compare runs` sets two of them side by
      side, and `recall` shows again what one showed.
      """, result: .result,
    labels: [
      ParameterSignature(
        "project", .integer(1...Int.max), absent: "all projects", "The number of a project, as `projects` shows it.")
    ]
      + RowSelection<RunColumn>.labels(
        noun: "runs", example: "command = \"benchmark\" and status = \"ready\"", errors: nil,
        top: ParameterSignature("top", .integer(1...Int.max), absent: "all", "How many runs are shown at most.")),
    examples: [
      CommandExample("runs top: 20", "the latest runs"),
      CommandExample("runs project: 1 where: command = \"benchmark\"", "the measurements of one project"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let runs = try context.workspace(arguments).runs(ofProject: arguments.integer("project"))
    let indices = RowSelection<RunColumn>.indices(arguments, of: runs, ClassNames(nil))
    let shown = indices.prefix(arguments.integer("top") ?? indices.count)
    return .reporting(
      RunsReport(
        shown.map { runs[$0] }, order: RowSelection<RunColumn>.order(arguments),
        selectionText: RowSelection<RunColumn>.text(shown.count, of: runs.count, "runs")), as: .result)
  }
}
