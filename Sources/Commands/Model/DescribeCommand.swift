import CommandLanguage
import Datasets
import Evaluation
import Reports

/// `describe`: what a model or dataset is.
enum DescribeCommand: Command {
  private static let profiledRuns = 15

  static let signature = CommandSignature(
    "describe",
    summary: "Shows what a model is: inputs, outputs, precision, operations, weights, memory; or what is in a dataset.",
    discussion: """
      Operations are counted as the DL Workbench counts them, a multiply-accumulate as two. Memory is that of the
      activations: the minimum is what is needed at the same time, the maximum the sum of all. `layers: true` lists the
      layers with the kernels that compute them, `profile: true` also with the time that each takes; `graph: true` draws
      the network.

      Of a dataset all pictures are read: what cannot be used is listed, with the reason, and the classes are counted.
      """, result: .result,
    positional: [ParameterSignature("subject", .reference([.model, .dataset]), "What is described.")],
    labels: [
      ParameterSignature("layers", .bool, default: "false", "Whether the layers are listed."),
      ParameterSignature("profile", .bool, default: "false", "Whether the layers are listed with their times."),
      ParameterSignature("graph", .bool, default: "false", "Whether the network is drawn."),
      ParameterSignature(
        "color",
        .choice([
          ChoiceWord("precision", "the precision that a layer is computed in"),
          ChoiceWord("time", "the part of the time that a layer takes"), ChoiceWord("type", "the operator"),
        ]), default: "precision", "What the colours of the drawing mean."),
      ParameterSignature(
        "threads", .integer(1...256), absent: "all processors", "How many threads compute, for times."),
    ] + RowSelection<LayerColumn>.labels(noun: "layers", example: "share > 5%", errors: nil, top: nil),
    examples: [
      CommandExample("describe m", "inputs, outputs, operations, weights and memory"),
      CommandExample(
        "describe m layers: true where: operations > 100000 sort: operations order: descending",
        "the layers that cost most"),
      CommandExample("describe m where: share > 5% sort: time order: descending", "the layers that take longest"),
      CommandExample("describe m graph: true color: time", "the network, coloured by time"),
      CommandExample("describe photos", "what is in a dataset"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    guard let reference = arguments.reference("subject") else {
      throw CommandFailure(.missing("subject", arguments))
    }
    if case .dataset(let dataset)? = context.session.value(of: reference.name) {
      if let label = signature.labels.map(\.name).first(where: arguments.isGiven) {
        throw CommandFailure(
          "conflicting-arguments", "a dataset has no layers", at: arguments.span(of: label),
          help: "leave out `\(label):`")
      }
      let progress = context.beginProgress("Reading the pictures")
      let total = dataset.dataset.samples.count
      let survey = try DatasetSurvey(dataset.dataset, isCancelled: context.isCancelled) {
        progress.update($0, of: total, "images")
      }
      progress.finish("\(total) images")
      return .reporting(dataset.report(survey), as: .result)
    }
    let model = try context.model(reference)
    let isDrawn = (arguments.bool("graph") ?? false) || arguments.isGiven("color")
    let isListed =
      (arguments.bool("layers") ?? false) || (arguments.bool("profile") ?? false)
      || ["where", "sort", "order"].contains(where: arguments.isGiven)
    guard isDrawn || isListed else { return .reporting(model.report(), as: .result) }
    let rows = try layers(of: model, arguments, in: context)
    var selection: [LayerRow]?
    if isListed {
      selection = RowSelection<LayerColumn>.indices(arguments, of: rows, model.classes).map { rows[$0] }
    }
    let coloring = arguments.choice("color").flatMap(ModelDiagram.Coloring.init(rawValue:)) ?? .precision
    let diagram = isDrawn ? ModelDiagram.make(model.graph, name: model.name, layers: rows, coloring: coloring) : nil
    let order = RowSelection<LayerColumn>.order(arguments)
    return .reporting(model.report(layers: selection, order: order, diagram: diagram), as: .result)
  }

  /// The layers with the steps that compute them, measured where anything asks for times.
  private static func layers(
    of model: Model, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> [LayerRow] {
    let asked =
      arguments.choices("sort") + (arguments.condition("where")?.columns.map(\.text) ?? [])
      + (arguments.choice("color").map { $0 == "time" ? ["time"] : [] } ?? [])
    let isMeasured = (arguments.bool("profile") ?? false) || asked.contains { ["time", "share"].contains($0) }
    let steps = try attempt(arguments, "subject") {
      let plan = try Interruptible.run(isCancelled: context.isCancelled) { try model.plans.plan(batch: 1) }
      guard isMeasured else { return LayerProfile.steps(of: plan) }
      return try LayerProfile.measure(
        plan, threads: arguments.integer("threads") ?? ProcessorCount.active, runs: profiledRuns,
        isCancelled: context.isCancelled)
    }
    return LayerRow.rows(model.analysis, steps: steps)
  }
}
