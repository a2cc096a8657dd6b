import CommandLanguage
import Datasets
import Documents
import Evaluation
import Inference
import Reports

/// `environment`: what makes a result reproducible.
enum EnvironmentCommand: Command {
  static let signature = CommandSignature(
    "environment",
    summary: "Shows versions, processor, instruction sets, memory, and the hashes of loaded models and datasets.",
    discussion: """
      What somebody else needs to know to get the same results. Each output of a notebook carries this in its metadata;
      `since:` reads a saved notebook and says what is not as it was when its outputs were made.
      """, result: .result,
    labels: [
      ParameterSignature(
        "since", .filePath([.file(extension: "ipynb")]), absent: "nothing is compared",
        "A saved notebook that the present state is compared with.")
    ], examples: [CommandExample("environment", "program, machine, and what is loaded")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let machine = Machine()
    let selected = try attempt(arguments, "environment") { try InstructionSet.selected() }
    let facts: [FactList.Fact] = [
      .init("Octet", OctetVersion.current, note: "language mode Swift 6"),
      .init("System", machine.system, note: machine.kernel),
      .init("Processor", machine.processor, note: machine.architecture),
      .init("Processors in use", "\(ProcessorCount.active)"),
      .init("Memory", NumberFormat.bytes.string(for: machine.memoryByteCount)),
      .init("Instruction set in use", selected.rawValue, note: "OCTET_ISA chooses another one"),
      .init("Instruction sets available", InstructionSet.supported.map(\.rawValue).joined(separator: ", ")),
    ]
    let progress = context.beginProgress("Hashing")
    var assets: [EnvironmentReport.Asset] = []
    for name in context.session.names {
      guard let value = context.session.value(of: name) else { continue }
      if let asset = try asset(name, value, isCancelled: context.isCancelled) { assets.append(asset) }
    }
    progress.finish()
    let differences = try differences(arguments, assets, selected, machine, in: context)
    let report = EnvironmentReport(facts: facts, assets: assets, differences: differences)
    return CommandOutcome(.report(report, .result), report: report, isDisplay: true)
  }

  /// What is not as it was when the outputs of the notebook `since:` were made; nil without one.
  private static func differences(
    _ arguments: BoundCommand, _ assets: [EnvironmentReport.Asset], _ selected: InstructionSet, _ machine: Machine,
    in context: CommandContext
  ) throws -> [String]? {
    guard let path = arguments.string("since") else { return nil }
    guard let recorded = RecordedProvenance(notebook: context.session.path(path)) else {
      throw CommandFailure(
        "not-a-notebook", "\(path) cannot be read as a notebook", at: arguments.span(of: "since"),
        help: "name a saved .ipynb file")
    }
    guard !recorded.records.isEmpty else {
      throw CommandFailure(
        "no-provenance", "no output of \(path) says how it was made", at: arguments.span(of: "since"),
        help: "run the notebook with Octet and save it")
    }
    return recorded.differences(
      version: OctetVersion.current, processor: machine.processor, instructions: selected.rawValue,
      hashes: Dictionary(assets.map { ($0.name, $0.digest) }, uniquingKeysWith: { first, _ in first }))
  }

  private static func asset(
    _ name: String, _ value: SessionValue, isCancelled: () -> Bool
  ) throws -> EnvironmentReport.Asset? {
    switch value {
    case .model(let model):
      let paths = [model.source.path, model.source.companionPath].compactMap { $0 }
      return .init(
        name: name, kind: "model", summary: model.summary, path: paths.joined(separator: ", "),
        digest: model.source.digest)
    case .dataset(let loaded):
      return .init(
        name: name, kind: "dataset", summary: loaded.summary, path: loaded.dataset.root,
        digest: try loaded.digest(isCancelled: isCancelled))
    case .report, .plain: return nil
    }
  }
}
