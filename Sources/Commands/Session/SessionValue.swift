public import CommandLanguage
import Documents
public import Reports

/// What a name stands for; never changes.
public enum SessionValue: Sendable {
  /// What kind of thing a report is.
  public enum ReportKind: Sendable, Hashable {
    /// What a command found out.
    case result
    /// A report that was asked for.
    case report
  }

  /// A network.
  case model(Model)
  /// A collection of samples.
  case dataset(LoadedDataset)
  /// What a command found out.
  case report(any Report, ReportKind)
  /// A plain value: as it was written, and as text.
  case plain(ValueSyntax?, String)

  /// What is shown when the name is typed alone.
  var report: any Report {
    switch self {
    case .model(let model): model.report()
    case .dataset(let dataset): dataset.report()
    case .report(let report, _): report
    case .plain(_, let text): TextReport(text)
    }
  }

  /// What tells apart values that the same statement gives when the files that it reads have changed.
  var fingerprint: String {
    switch self {
    case .model(let model): model.source.digest
    case .dataset(let dataset): dataset.summary
    case .report, .plain: ""
    }
  }

  /// What the language needs to know of it.
  var entry: ScopeEntry {
    switch self {
    case .model(let model): ScopeEntry(.model, summary: model.summary)
    case .dataset(let dataset): ScopeEntry(.dataset, summary: dataset.summary)
    case .report(let report, let kind):
      ScopeEntry(kind == .result ? .result : .report, summary: report.document.title)
    case .plain(let literal, let text): ScopeEntry(.value, summary: text, literal: literal)
    }
  }
}
