public import CommandLanguage
import Documents
public import Reports
import Synchronization

/// Runs cells and scripts.
///
/// The text is checked as a whole first: nothing runs where something in it cannot be read, is unknown or of a wrong
/// type. Then statement after statement runs, up to the first that fails.
public struct ProgramRunner: Sendable {
  /// How a program ended.
  public enum Ending: Sendable, Hashable {
    /// All statements ran.
    case finished
    /// What is wrong; at least one diagnostic.
    case failed([Diagnostic])
    /// The work was interrupted at this place.
    case interrupted(Diagnostic)
  }

  /// A statement that ran.
  public struct Record: Sendable {
    /// The verb of the command; nil for a value.
    public let command: String?
    /// The name that was assigned.
    public let name: String?
    /// What the statement showed.
    public let report: (any Report)?
    /// What it gave as plain data.
    public let data: DataValue
  }

  /// The cell of a notebook that a program is.
  public struct NotebookCell: Sendable, Hashable {
    /// The cell's identifier, the same as long as the cell lives, whatever its text.
    public let id: String
    /// Cells that were deleted from the notebook since the last one ran.
    public let deletedIDs: [String]

    /// A cell.
    public init(id: String, deletedIDs: [String] = []) {
      self.id = id
      self.deletedIDs = deletedIDs
    }
  }

  /// What the names stand for.
  public let session: Session
  private let binder = Binder(CommandCatalog.vocabulary)

  /// A runner on the names of a session.
  public init(session: Session) { self.session = session }

  /// Runs a program.
  ///
  /// - Parameters:
  ///   - output: where everything is shown.
  ///   - notebookCell: the cell of a notebook that the program is, so that names that are out of date are told; nil for a
  ///     program of another kind.
  ///   - isCancelled: whether the program shall end.
  ///   - observe: told each statement that ran, after it was shown.
  public func run(
    _ source: SourceText, output: any CommandOutput, notebookCell: NotebookCell? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }, observe: (Record) -> Void = { _ in }
  ) -> Ending {
    let (cell, syntaxDiagnostics) = Parser.parse(source)
    var diagnostics = syntaxDiagnostics.filter { $0.severity == .error }
    if diagnostics.isEmpty { diagnostics = binder.check(cell, in: session).filter { $0.severity == .error } }
    guard diagnostics.isEmpty else { return .failed(diagnostics) }
    let context = CommandContext(session: session, output: output, isCancelled: isCancelled)
    guard let notebookCell else { return run(cell, context, nil, observe) }
    session.lineage.withLock { $0.begin(cell: notebookCell.id, deleted: notebookCell.deletedIDs) }
    let ending = run(cell, context, notebookCell, observe)
    let warnings = session.lineage.withLock { $0.end(cell: notebookCell.id, isFinished: ending == .finished) }
    show(warnings, context, "is out of date now")
    return ending
  }

  private func run(
    _ cell: CellSyntax, _ context: CommandContext, _ notebookCell: NotebookCell?, _ observe: (Record) -> Void
  ) -> Ending {
    let isCancelled = context.isCancelled
    for (index, statement) in cell.statements.enumerated() {
      do {
        if isCancelled() { throw CancellationError() }
        let isLast = index == cell.statements.count - 1
        let names = statement.wordsRead.filter { session.value(of: $0) != nil }
        if notebookCell != nil {
          show(session.lineage.withLock { $0.warnings(reading: names) }, context, "is out of date")
        }
        if let record = try run(statement, context, isLast: isLast) { observe(record) }
        if let notebookCell, let name = statement.assignedName?.text, let value = session.value(of: name) {
          session.lineage.withLock {
            $0.assign(
              name, in: notebookCell.id, statement: statement.description, reading: names,
              fingerprint: value.fingerprint)
          }
        }
      } catch {
        if error.isInterruption || (isCancelled() && !(error is CommandFailure)) {
          return .interrupted(Self.interruption(at: statement.span))
        }
        for kept in (error as? CommandFailure)?.kept ?? [] { session.assign(kept.name, kept.value) }
        return .failed([Diagnostic(error, at: Self.place(of: statement))])
      }
    }
    return .finished
  }

  /// The value that an expression stands for, without showing anything; a value or the name of one.
  public func evaluate(_ expression: String) -> Result<any Report, CommandFailure> {
    let (cell, syntax) = Parser.parse(expression)
    guard syntax.isEmpty, let statement = cell.statements.first, cell.statements.count == 1 else {
      let place = SourceSpan(0, expression.utf8.count)
      return .failure(
        CommandFailure(
          syntax.first ?? Diagnostic(.unexpectedToken, "is not one value", at: place, help: "give one value")))
    }
    let (bound, diagnostics) = binder.bind(statement, in: session)
    guard case .value(let argument)? = bound?.body else {
      let help = "give a value, or a name that was assigned"
      return .failure(
        CommandFailure(
          diagnostics.first ?? Diagnostic(.wrongType, "a command is not run here", at: statement.span, help: help)))
    }
    do {
      return .success(try ValueDisplay.report(argument, in: session))
    } catch { return .failure(CommandFailure(Diagnostic(error, at: statement.span))) }
  }

  private func run(_ statement: StatementSyntax, _ context: CommandContext, isLast: Bool) throws -> Record? {
    let (bound, diagnostics) = binder.bind(statement, in: session)
    if let diagnostic = diagnostics.first(where: { $0.severity == .error }) { throw CommandFailure(diagnostic) }
    guard let bound else { return nil }
    switch bound.body {
    case .value(let argument): return try run(argument, of: statement, context, isLast: isLast)
    case .command(let command): return try run(command, of: statement, context, isLast: isLast)
    }
  }

  private func run(
    _ command: BoundCommand, of statement: StatementSyntax, _ context: CommandContext, isLast: Bool
  ) throws -> Record? {
    guard let type = CommandCatalog.command(for: command.signature) else { return nil }
    if let name = command.assignedName, command.signature.result == nil {
      throw CommandFailure(
        "nothing-to-assign", "`\(command.signature.title)` gives nothing that a name could stand for", at: name.span,
        help: "leave out `\(name.text) =`")
    }
    let outcome = try run(type, command, statement, context)
    if outcome.report != nil {
      context.output.describe(
        Provenance(statement: statement.description, reading: statement.wordsRead, in: session))
    }
    if let report = outcome.report {
      context.output.show(report, isResult: isLast && !outcome.isDisplay)
    }
    if let name = command.assignedName, let value = outcome.value { session.assign(name.text, value) }
    return Record(
      command: command.signature.verb, name: command.assignedName?.text, report: outcome.report, data: outcome.data)
  }

  /// Runs a command, and notes in the workspace how that ended before anybody is told.
  private func run(
    _ type: any Command.Type, _ command: BoundCommand, _ statement: StatementSyntax, _ context: CommandContext
  ) throws -> CommandOutcome {
    let recorder = try RunRecorder.begin(type, command, statement, in: context)
    var context = context
    if let recorder { context.keep = recorder.keep }
    do {
      let outcome = try type.run(command, in: context)
      try recorder?.finish(outcome)
      return outcome
    } catch {
      recorder?.fail(error)
      throw error
    }
  }

  private func run(
    _ argument: BoundArgument, of statement: StatementSyntax, _ context: CommandContext, isLast: Bool
  ) throws -> Record {
    let report = try ValueDisplay.report(argument, in: session)
    if let name = statement.assignedName {
      session.assign(name.text, try ValueDisplay.value(argument, statement, in: session))
    } else {
      context.output.describe(
        Provenance(statement: statement.description, reading: statement.wordsRead, in: session))
      context.output.show(report, isResult: isLast)
    }
    return Record(command: nil, name: statement.assignedName?.text, report: report, data: report.data)
  }

  /// Shows warnings about names, if there are any.
  private func show(_ warnings: [Lineage.Warning], _ context: CommandContext, _ outOfDate: String) {
    guard !warnings.isEmpty else { return }
    let findings = warnings.map { warning in
      switch warning.problem {
      case .outOfDate(let input):
        OutOfDateReport.Finding(
          name: warning.name,
          problem: RichText(
            runs: [.init("\(outOfDate), since "), .init(input, .code), .init(" is not what it was made of any more")]),
          statement: warning.statement)
      case .cellDeleted:
        OutOfDateReport.Finding(
          name: warning.name, problem: "was made by a cell that has been deleted, so the notebook cannot make it again",
          statement: "")
      case .notMadeAnyMore:
        OutOfDateReport.Finding(
          name: warning.name, problem: "was made by a cell that has been edited and does not make it any more",
          statement: "")
      }
    }
    context.output.describe(nil)
    context.output.show(OutOfDateReport(findings), isResult: false)
  }

  private static func place(of statement: StatementSyntax) -> SourceSpan {
    if case .command(let command) = statement.body { command.verb.span } else { statement.span }
  }

  private static func interruption(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .init("interrupted"), "interrupted before this statement ended", at: span,
      help: "everything that had a name before is as it was; run the statement again to start over")
  }
}
