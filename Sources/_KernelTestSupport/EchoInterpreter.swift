import Dispatch
public import JupyterMessaging
public import KernelHost

/// A small language, one statement a cell: a verb and its argument.
///
/// `identify` (shows the identifiers of the cell and of those deleted), `print TEXT`, `warn TEXT`, `count N` (prints N lines),
/// `flood N` (prints N bytes without a line end), `wait SECONDS`, `print-and-wait TEXT`, `display ID`, `update ID`,
/// `page TEXT`, `clear` and `fail`; any other text is a value.
public struct EchoInterpreter: CellInterpreter {
  /// All verbs, sorted.
  public static let verbs = [
    "clear", "count", "display", "fail", "flood", "identify", "page", "print", "update", "wait", "warn",
  ]

  /// An interpreter.
  public init() {}

  public var description: KernelDescription {
    KernelDescription(
      implementation: "echo", implementationVersion: "1.0",
      languageInfo: LanguageInfo(name: "echo", version: "1", mimetype: "text/x-echo", fileExtension: ".echo"),
      banner: "Echo", helpLinks: [HelpLink(text: "Echo", url: "https://example.org/")])
  }

  public func execute(_ cell: CellRequest, output: any CellOutput) -> CellResult {
    let (verb, argument) = split(cell.code)
    switch verb {
    case "identify":
      output.result(MIMEBundle(text: ([cell.cellID ?? "none"] + cell.deletedCellIDs).joined(separator: " ")))
    case "print": output.stream(.stdout, argument + "\n")
    case "warn": output.stream(.stderr, argument + "\n")
    case "count":
      for line in 0..<(Int(argument) ?? 0) { output.stream(.stdout, "\(line)\n") }
    case "flood":
      output.stream(.stdout, String(repeating: "é", count: (Int(argument) ?? 0) / 2))
    case "print-and-wait":
      output.stream(.stdout, argument + "\n")
      return wait(seconds: 1000, cell)
    case "wait": return wait(seconds: Double(argument) ?? 0, cell)
    case "display": output.display(MIMEBundle(text: "shown"), displayID: argument.isEmpty ? nil : argument)
    case "update": output.updateDisplay(MIMEBundle(text: "replaced"), displayID: argument)
    case "page": output.page(MIMEBundle(text: argument))
    case "clear": output.clear(wait: false)
    case "fail": return .error(name: "Failure", value: argument, traceback: ["Failure: \(argument)"])
    default: output.result(MIMEBundle(text: cell.code))
    }
    return .ok
  }

  private func wait(seconds: Double, _ cell: CellRequest) -> CellResult {
    let never = DispatchSemaphore(value: 0)
    let end = DispatchTime.now() + seconds
    while DispatchTime.now() < end {
      if cell.isCancelled() {
        return .error(name: "KernelInterrupted", value: "the wait was cut short", traceback: ["KernelInterrupted"])
      }
      _ = never.wait(timeout: min(end, DispatchTime.now() + 0.005))
    }
    return .ok
  }

  public func evaluate(expression: String) -> ExecuteReply.ExpressionResult {
    expression == "fail"
      ? .error(ErrorReport(name: "Failure", value: "", traceback: []))
      : .ok(MIMEBundle(text: expression))
  }

  public func complete(code: String, cursor: String.Index) -> Completion {
    let start = code[..<cursor].lastIndex { $0 == " " }.map { code.index(after: $0) } ?? code.startIndex
    let matches = Self.verbs.filter { $0.hasPrefix(code[start..<cursor]) }
    return Completion(matches.map { CompleteReply.Match(text: $0, type: "verb") }, replacing: start..<cursor)
  }

  public func inspect(code: String, cursor: String.Index, detail: Int) -> MIMEBundle? {
    let verb = split(code).verb
    return Self.verbs.contains(verb) ? MIMEBundle(text: "\(verb) is a verb, detail \(detail)") : nil
  }

  public func isComplete(code: String) -> IsCompleteReply.Completeness {
    if code.hasSuffix("\\") { return .incomplete(indent: "  ") }
    return code.hasPrefix(")") ? .invalid : .complete
  }

  private func split(_ code: String) -> (verb: String, argument: String) {
    guard let space = code.firstIndex(of: " ") else { return (code, "") }
    return (String(code[..<space]), String(code[code.index(after: space)...]))
  }
}
