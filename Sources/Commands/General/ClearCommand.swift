import CommandLanguage

/// `clear`: removes what a cell has shown.
enum ClearCommand: Command {
  static let signature = CommandSignature(
    "clear", summary: "Removes what the cell has shown so far.", result: nil,
    labels: [
      ParameterSignature("wait", .bool, default: "false", "Whether it stays until the next output comes.")
    ], examples: [CommandExample("clear", "an empty output")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    context.output.clear(wait: arguments.bool("wait") ?? false)
    return CommandOutcome()
  }
}
