import CommandLanguage
import Reports

/// `help`: what there is and how it is written.
enum HelpCommand: Command {
  static let signature = CommandSignature(
    "help", summary: "Shows all commands, or one with its values, labels and examples.",
    discussion: "Tab completes what is being typed, and Shift+Tab shows help for what is under the cursor.",
    result: nil,
    positional: [
      ParameterSignature("command", .verb, required: false, absent: "all commands", "The command."),
      ParameterSignature(
        "subject", .verb, required: false, absent: "all of its commands", "The word behind the command."),
    ],
    labels: [
      ParameterSignature("page", .bool, default: "false", "Whether it opens in a pager rather than in the output.")
    ],
    examples: [
      CommandExample("help", "all commands"), CommandExample("help calibrate", "one command"),
      CommandExample("help report predictions", "a command of two words"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let report = HelpReport(try page(arguments))
    guard arguments.bool("page") ?? false else { return CommandOutcome(report: report) }
    context.output.page(report)
    return CommandOutcome(data: report.data)
  }

  private static func page(_ arguments: BoundCommand) throws -> HelpPage {
    let vocabulary = CommandCatalog.vocabulary
    guard let word = arguments.choice("command") else { return HelpPage(of: vocabulary) }
    if let subject = arguments.choice("subject") {
      guard let signature = vocabulary.signature(for: word, subject: subject) else {
        throw CommandFailure(
          "unknown-subject", "there is no command `\(word) \(subject)`", at: arguments.span(of: "subject"),
          help: "see `help \(word)`")
      }
      return HelpPage(of: signature)
    }
    if let page = HelpPage(ofVerb: word, in: vocabulary) { return page }
    guard let signature = vocabulary.signatures.first(where: { $0.subject == word }) else {
      throw CommandFailure(
        "unknown-command", "there is no command `\(word)`", at: arguments.span(of: "command"), help: "see `help`")
    }
    return HelpPage(of: signature)
  }
}
