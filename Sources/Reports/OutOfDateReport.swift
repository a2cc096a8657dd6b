public import Documents

/// Names of a notebook that are not what the notebook's cells say.
public struct OutOfDateReport: Report {
  /// One name and what is wrong with it.
  public struct Finding: Sendable, Equatable {
    /// The name.
    public let name: String
    /// What is wrong, as a clause behind the name.
    public let problem: RichText
    /// What to run again; empty where nothing would help.
    public let statement: String

    /// Takes a finding.
    public init(name: String, problem: RichText, statement: String) {
      self.name = name
      self.problem = problem
      self.statement = statement
    }
  }

  /// What was found.
  public let findings: [Finding]

  /// Makes a report.
  public init(_ findings: [Finding]) { self.findings = findings }

  /// One warning for each name.
  public var document: Document {
    Document(
      blocks: findings.map { finding in
        var runs: [RichText.Run] = [.init(finding.name, .code), .init(" ")] + finding.problem.runs
        if !finding.statement.isEmpty { runs += [.init("; run again: "), .init(finding.statement, .code)] }
        return .callout(Callout(.warning, RichText(runs: runs)))
      })
  }
}
