public import CommandLanguage
public import Reports

/// Something that a cell can ask for: a declaration, and what it does.
///
/// A command is one file and one line in `CommandCatalog`. It changes nothing: what it makes is in its outcome, so that a
/// command that fails or is interrupted leaves everything as it was.
public protocol Command: Sendable {
  /// What can be written, from which binding, completion, help and tests derive.
  static var signature: CommandSignature { get }

  /// Whether the workspace keeps that it ran, what it found out and what it showed.
  static var isRecorded: Bool { get }

  /// Does it.
  ///
  /// - Throws: any error; `CommandFailure` where the place in the cell is known.
  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome
}

extension Command {
  /// No.
  public static var isRecorded: Bool { false }
}

/// What a command gives back.
public struct CommandOutcome: Sendable {
  /// What a name stands for that is assigned the command; nil where it gives nothing.
  public var value: SessionValue?
  /// What is shown; nil for nothing.
  public var report: (any Report)?
  /// Whether the report is shown as an output of its own rather than as the value of the cell.
  public var isDisplay: Bool
  /// What `octet run --json` writes; that of the report unless given.
  public var data: DataValue
  /// What it found out of models, for the workspace.
  public var findings: [ModelFinding]

  /// An outcome.
  public init(
    _ value: SessionValue? = nil, report: (any Report)? = nil, isDisplay: Bool = false, data: DataValue? = nil,
    findings: [ModelFinding] = []
  ) {
    self.value = value
    self.report = report
    self.isDisplay = isDisplay
    self.data = data ?? report?.data ?? .null
    self.findings = findings
  }

  /// A report that is shown and that a name can stand for.
  static func reporting(
    _ report: any Report, as kind: SessionValue.ReportKind, findings: [ModelFinding] = []
  ) -> CommandOutcome {
    CommandOutcome(.report(report, kind), report: report, findings: findings)
  }
}
