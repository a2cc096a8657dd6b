import CommandLanguage
import Documents
import Inference
import Reports
import Workspaces

/// Notes in the workspace that a statement runs, how it ended, and what it found out.
///
/// A workspace that cannot be used never keeps a statement from running; it is told once.
struct RunRecorder: Sendable {
  private let workspace: Workspace
  private let run: Int
  private let context: CommandContext

  /// Notes that a statement begins; nil where nothing is kept of it.
  static func begin(
    _ type: any Command.Type, _ command: BoundCommand, _ statement: StatementSyntax, in context: CommandContext
  ) throws -> RunRecorder? {
    guard type.isRecorded, let workspace = context.session.workspace else { return nil }
    let dataset = command.reference("on").flatMap { context.session.value(of: $0.name)?.dataset }
    let models = command.signature.parameters.flatMap { command.references($0.name) }.compactMap { reference in
      context.session.value(of: reference.name)?.model
    }
    let subjects = try models.map {
      try ProjectSubjects.subject($0, on: dataset, isCancelled: context.isCancelled)
    }
    let start = RunStart(
      kind: command.signature.title, statement: statement.description, version: OctetVersion.current,
      instructions: (try? InstructionSet.selected().rawValue) ?? "none", subjects: subjects)
    do {
      return RunRecorder(workspace: workspace, run: try workspace.begin(start), context: context)
    } catch {
      context.session.tellOnce(of: error, on: context.output)
      return nil
    }
  }

  /// Notes what was found out and shown.
  func finish(_ outcome: CommandOutcome) throws {
    let findings = try outcome.findings.map(Self.finding)
    note { try workspace.finish(run: run, .ready, findings: findings, report: outcome.report.flatMap(Self.content)) }
  }

  /// Notes something that was found out so far.
  func keep(_ found: ModelFinding) {
    note { try workspace.add([try Self.finding(found)], toRun: run) }
  }

  private static func finding(_ found: ModelFinding) throws -> Finding {
    Finding(
      try ProjectSubjects.subject(found.model, on: found.dataset, isCancelled: { false }),
      measurements: found.measurements, figures: found.figures)
  }

  /// Notes that the statement failed or was interrupted.
  func fail(_ error: any Error) {
    let isInterruption = error.isInterruption || (context.isCancelled() && !(error is CommandFailure))
    let message = isInterruption ? nil : Diagnostic(error, at: SourceSpan(0, 0)).message
    note { try workspace.finish(run: run, isInterruption ? .cancelled : .error, message: message) }
  }

  private func note(_ body: () throws -> Void) {
    do { try body() } catch { context.session.tellOnce(of: error, on: context.output) }
  }

  private static func content(of report: any Report) -> ReportContent? {
    let kept = KeptReport(report)
    guard let encoded = try? kept.encoded() else { return nil }
    let document = kept.document
    return ReportContent(
      title: document.title, subtitle: document.subtitle.plainText, page: encoded.page, rows: encoded.rows)
  }
}

extension SessionValue {
  /// The model; nil for anything else.
  fileprivate var model: Model? { if case .model(let model) = self { model } else { nil } }
  /// The dataset; nil for anything else.
  fileprivate var dataset: LoadedDataset? { if case .dataset(let dataset) = self { dataset } else { nil } }
}
