import CommandLanguage
import Commands
import JupyterMessaging
import KernelHost
import Reports

/// The command language as what a Jupyter kernel runs.
final class CommandInterpreter: CellInterpreter {
  private let session = Session()
  private let displayPrefix = "octet-\(RandomIdentifier.make())"
  private var runner: ProgramRunner { ProgramRunner(session: session) }

  var description: KernelDescription {
    // Pygments comes without a lexer for Octet, and a kernel cannot bring one; of those it has, Ruby's alone colours labels
    // along with text, numbers, comments and truth values, and finds no error in a cell.
    KernelDescription(
      implementation: "octet", implementationVersion: OctetVersion.current,
      languageInfo: LanguageInfo(
        name: "octet", version: OctetVersion.current, mimetype: "text/x-octet", fileExtension: ".octet",
        pygmentsLexer: "ruby", codeMirrorMode: ["name": "octet", "mime": "text/x-python"]),
      banner: "Octet \(OctetVersion.current): INT8 quantization of neural networks. Type help for the commands.")
  }

  func execute(_ cell: CellRequest, output: any CellOutput) -> CellResult {
    let source = SourceText(cell.code)
    let notebook = NotebookOutput(output, displayPrefix: displayPrefix)
    let notebookCell = cell.cellID.map { ProgramRunner.NotebookCell(id: $0, deletedIDs: cell.deletedCellIDs) }
    switch runner.run(source, output: notebook, notebookCell: notebookCell, isCancelled: cell.isCancelled) {
    case .finished: return .ok
    case .failed(let diagnostics): return .error(Self.report(nil, diagnostics, source))
    case .interrupted(let diagnostic): return .error(Self.report("KernelInterrupted", [diagnostic], source))
    }
  }

  func evaluate(expression: String) -> ExecuteReply.ExpressionResult {
    switch runner.evaluate(expression) {
    case .success(let report): return .ok(JupyterMessaging.MIMEBundle(report.bundle))
    case .failure(let failure): return .error(Self.report(nil, [failure.diagnostic], SourceText(expression)))
    }
  }

  func complete(code: String, cursor: String.Index) -> Completion {
    let source = SourceText(code)
    let list = Completer(CommandCatalog.vocabulary).complete(
      source, at: code.utf8Offset(of: cursor), in: session, source: SessionCompletion(session))
    let matches = list.items.map { item in
      CompleteReply.Match(text: item.text, type: item.kind.jupyterType, signature: item.signature)
    }
    return Completion(
      matches, replacing: code.index(utf8Offset: list.replaced.start)..<code.index(utf8Offset: list.replaced.end))
  }

  func inspect(code: String, cursor: String.Index, detail: Int) -> JupyterMessaging.MIMEBundle? {
    let inspection = Inspector(CommandCatalog.vocabulary).inspect(
      SourceText(code), at: code.utf8Offset(of: cursor), in: session)
    guard let page = inspection?.page else { return nil }
    let value = page.usage.isEmpty ? session.value(of: page.title) : nil
    return JupyterMessaging.MIMEBundle(HelpReport(page, about: value).bundle)
  }

  func isComplete(code: String) -> IsCompleteReply.Completeness {
    switch Completeness(of: code) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    }
  }

  private static func report(_ name: String?, _ diagnostics: [Diagnostic], _ source: SourceText) -> ErrorReport {
    let text = DiagnosticRenderer(source, usesColor: true).text(for: diagnostics)
    return ErrorReport(
      name: name ?? diagnostics.first?.code.rawValue ?? "error", value: diagnostics.first?.message ?? "",
      traceback: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}

extension String {
  /// The number of UTF-8 bytes before an index.
  fileprivate func utf8Offset(of index: Index) -> Int { utf8.distance(from: startIndex, to: index) }

  /// The index behind so many UTF-8 bytes, at most the end.
  fileprivate func index(utf8Offset: Int) -> Index {
    utf8.index(startIndex, offsetBy: utf8Offset, limitedBy: endIndex) ?? endIndex
  }
}

extension CompletionItem.Kind {
  /// The word by which front ends choose an icon.
  fileprivate var jupyterType: String {
    switch self {
    case .command, .subject: "function"
    case .label: "keyword"
    case .choice, .unit, .operator: "enum"
    case .name: "instance"
    case .column: "property"
    case .file, .folder: "path"
    case .sample: "value"
    }
  }
}
