import CommandLanguage
import Reports

/// `print`: plain values as text.
enum PrintCommand: Command {
  private static let scalar = ArgumentType.either([
    .string, .range(in: -1_000_000_000...1_000_000_000), .size, .bool, .reference([.any]),
    .number(
      in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, units: [.fraction, .time, .memory]),
  ])

  static let signature = CommandSignature(
    "print", summary: "Prints values as text, each on a line of its own.",
    discussion: "A list or a range is printed element by element.", result: nil,
    positional: [
      ParameterSignature(
        "values", .either([scalar, .list(of: scalar)]), repeated: true, "Texts, numbers, lists, ranges or names.")
    ],
    labels: [
      ParameterSignature(
        "to", .choice([ChoiceWord("stdout", "the output"), ChoiceWord("stderr", "the stream for messages")]),
        default: "stdout", "The stream that is printed to.")
    ],
    examples: [
      CommandExample("print \"hello, world\"", "text", shows: "hello, world"),
      CommandExample("print 1..3 [0.5, 20%]", "numbers, one a line"),
      CommandExample("print \"careful\" to: stderr", "text on the stream for messages"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let stream = arguments.choice("to").flatMap(OutputStreamName.init(rawValue:)) ?? .stdout
    var lines: [DataValue] = []
    for argument in arguments.arguments("values") {
      if case .range(let range) = argument.value {
        for number in range {
          if number.isMultiple(of: 1000), context.isCancelled() { throw CancellationError() }
          context.output.write("\(number)\n", to: stream)
          if lines.count < 100_000 { lines.append(.string(String(number))) }
        }
      } else {
        let text = try ValueDisplay.report(argument, in: context.session).plainText
        let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
        context.output.write(line + "\n", to: stream)
        lines.append(.string(line))
      }
    }
    return CommandOutcome(data: lines.count == 1 ? lines[0] : .array(lines))
  }
}
