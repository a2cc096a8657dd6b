import CommandLanguage
import Reports
import Workspaces

/// `reports`: the reports that the workspace keeps.
enum ReportsCommand: Command {
  static let signature = CommandSignature(
    "reports", summary: "Lists the reports that were shown, in all notebooks; `recall` shows one again.",
    result: .result,
    labels: RowSelection<KeptReportColumn>.labels(
      noun: "reports", example: "title contains \"Accuracy\"", errors: nil,
      top: ParameterSignature("top", .integer(1...Int.max), absent: "all", "How many reports are listed at most.")),
    examples: [CommandExample("reports top: 10", "the latest reports")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let reports = try context.workspace(arguments).reports()
    let indices = RowSelection<KeptReportColumn>.indices(arguments, of: reports, ClassNames(nil))
    let shown = indices.prefix(arguments.integer("top") ?? indices.count)
    return .reporting(
      KeptReportsReport(
        shown.map { reports[$0] }, order: RowSelection<KeptReportColumn>.order(arguments),
        selectionText: RowSelection<KeptReportColumn>.text(shown.count, of: reports.count, "reports")), as: .result)
  }
}
