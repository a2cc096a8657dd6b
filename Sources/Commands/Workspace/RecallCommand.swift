import CommandLanguage
import Reports
import Workspaces

/// `recall`: a report that was shown before.
enum RecallCommand: Command {
  static let signature = CommandSignature(
    "recall", summary: "Shows a report again, also one of another notebook, without making it anew.",
    discussion: """
      The report has all its rows and can be exported; models and pictures need not be there any more. `reports` lists
      the numbers.
      """, result: .report,
    positional: [
      ParameterSignature("number", .integer(1...Int.max), "The report's number, as `reports` shows it.")
    ],
    examples: [CommandExample("r = recall 1", "the first report that the workspace keeps")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    guard let number = arguments.integer("number") else { throw CommandFailure(.missing("number", arguments)) }
    let workspace = try context.workspace(arguments)
    let content = try attempt(arguments, "number") { try workspace.report(number).content }
    do {
      return .reporting(try KeptReport(page: content.page, rows: content.rows), as: .report)
    } catch {
      throw CommandFailure(
        "unreadable-report", "report \(number) was kept in a form that this version cannot show",
        at: arguments.span(of: "number"), help: "run its statement again; `reports` shows it")
    }
  }
}
