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
    discussion: "What somebody else needs to know to get the same results.", result: .result,
    examples: [CommandExample("environment", "program, machine, and what is loaded")])

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
    let report = EnvironmentReport(facts: facts, assets: assets)
    return CommandOutcome(.report(report, .result), report: report, isDisplay: true)
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
      let files = loaded.dataset.samples.map { (name: $0.path, path: loaded.dataset.filePath(of: $0)) }
      return .init(
        name: name, kind: "dataset", summary: loaded.summary, path: loaded.dataset.root,
        digest: try FileDigest.ofFiles(files, isCancelled: isCancelled))
    case .report, .plain: return nil
    }
  }
}
