import CommandLanguage
import Evaluation
import Reports

/// `describe`: what a model or dataset is.
enum DescribeCommand: Command {
  static let columns = LayerColumn.allCases.map { column in
    ColumnSignature(column.rawValue, column.isText ? .text : .number, column.definition)
  }

  static let signature = CommandSignature(
    "describe",
    summary: "Shows what a model is: inputs, outputs, precision, operations, weights, memory; or what is in a dataset.",
    discussion: """
      Operations are counted as the DL Workbench counts them, a multiply-accumulate as two. Memory is that of the
      activations: the minimum is what is needed at the same time, the maximum the sum of all.
      """, result: .result,
    positional: [ParameterSignature("subject", .reference([.model, .dataset]), "What is described.")],
    labels: [
      ParameterSignature("layers", .bool, default: "false", "Whether the layers are listed."),
      ParameterSignature("where", .condition(columns), absent: "all layers", "Which layers are listed."),
      ParameterSignature("sort", .column(columns), absent: "the order of execution", "By what the layers are sorted."),
      ParameterSignature(
        "order", .choice([ChoiceWord("ascending", "smallest first"), ChoiceWord("descending", "largest first")]),
        default: "ascending", "In which direction they are sorted."),
    ],
    examples: [
      CommandExample("describe m", "inputs, outputs, operations, weights and memory"),
      CommandExample(
        "describe m layers: true where: operations > 100000 sort: operations order: descending",
        "the layers that cost most"),
      CommandExample("describe photos", "what is in a dataset"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    guard let reference = arguments.reference("subject") else {
      throw CommandFailure(.missing("subject", arguments))
    }
    if case .dataset(let dataset)? = context.session.value(of: reference.name) {
      if let label = ["layers", "where", "sort", "order"].first(where: arguments.isGiven) {
        throw CommandFailure(
          "conflicting-arguments", "a dataset has no layers", at: arguments.span(of: label),
          help: "leave out `\(label):`")
      }
      return .reporting(dataset.report(), as: .result)
    }
    let model = try context.model(reference)
    return .reporting(model.report(layers: layers(of: model, arguments)), as: .result)
  }

  private static func layers(of model: Model, _ arguments: BoundCommand) -> [Int]? {
    let isAsked = arguments.bool("layers") ?? false
    guard isAsked || ["where", "sort", "order"].contains(where: arguments.isGiven) else { return nil }
    let layers = model.analysis.layers
    var indices = Array(layers.indices)
    if let condition = arguments.condition("where") {
      indices = indices.filter { index in
        condition.holds { name in LayerColumn(rawValue: name).flatMap { $0.cell(layers[index]).operand } }
      }
    }
    guard let column = arguments.choice("sort").flatMap(LayerColumn.init(rawValue:)) else { return indices }
    return column.sorted(indices, of: layers, isDescending: arguments.choice("order") == "descending")
  }
}
