import CommandLanguage
import Reports
import Workspaces

/// `compare runs`: two runs over time.
enum CompareRunsCommand: Command {
  static let signature = CommandSignature(
    "compare", subject: "runs",
    summary: "Compares two runs that the workspace keeps, also of different days and notebooks.",
    discussion: """
      Throughputs of the same streams and batch are compared with an interval, accuracies by whether theirs overlap. Runs of
      different days were not measured in turns: what else the machine did then is part of the difference. To compare
      models, `compare` measures them in turns. `runs` lists the numbers.
      """, result: .result,
    positional: [
      ParameterSignature("before", .integer(1...Int.max), "The number of the run that is compared with."),
      ParameterSignature("after", .integer(1...Int.max), "The number of the run that is compared."),
    ],
    examples: [CommandExample("compare runs 1 2", "how the second run differs from the first")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let workspace = try context.workspace(arguments)
    let sides = try ["before", "after"].map { name in
      try attempt(arguments, name) {
        let number = arguments.integer(name) ?? 0
        return RunComparisonReport.Side(
          try workspace.run(number), try workspace.findings(ofRun: number).map { ($0.model, $0.finding) })
      }
    }
    return .reporting(RunComparisonReport(before: sides[0], after: sides[1]), as: .result)
  }
}
