import Dispatch
import JupyterMessaging
import KernelHost

/// A small language, one statement a cell: a verb and its argument.
///
/// `print TEXT`, `warn TEXT`, `count N` (prints N lines), `wait SECONDS`, `print-and-wait TEXT`, `display ID`,
/// `update ID`, `page TEXT`, `clear` and `fail`; any other text is a value.
struct EchoInterpreter: CellInterpreter {
  static let verbs = ["clear", "count", "display", "fail", "page", "print", "update", "wait", "warn"]

  var description: KernelDescription {
    KernelDescription(
      implementation: "echo", implementationVersion: "1.0",
      languageInfo: LanguageInfo(name: "echo", version: "1", mimetype: "text/x-echo", fileExtension: ".echo"),
      banner: "Echo", helpLinks: [HelpLink(text: "Echo", url: "https://example.org/")])
  }

  func execute(_ cell: CellRequest, output: any CellOutput) -> CellResult {
    let (verb, argument) = split(cell.code)
    switch verb {
    case "print": output.stream(.stdout, argument + "\n")
    case "warn": output.stream(.stderr, argument + "\n")
    case "count":
      for line in 0..<(Int(argument) ?? 0) { output.stream(.stdout, "\(line)\n") }
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

  func evaluate(expression: String) -> ExecuteReply.ExpressionResult {
    expression == "fail"
      ? .error(ErrorReport(name: "Failure", value: "", traceback: []))
      : .ok(MIMEBundle(text: expression))
  }

  func complete(code: String, cursor: String.Index) -> Completion {
    let start = code[..<cursor].lastIndex { $0 == " " }.map { code.index(after: $0) } ?? code.startIndex
    let matches = Self.verbs.filter { $0.hasPrefix(code[start..<cursor]) }
    return Completion(matches.map { CompleteReply.Match(text: $0, type: "verb") }, replacing: start..<cursor)
  }

  func inspect(code: String, cursor: String.Index, detail: Int) -> MIMEBundle? {
    let verb = split(code).verb
    return Self.verbs.contains(verb) ? MIMEBundle(text: "\(verb) is a verb, detail \(detail)") : nil
  }

  func isComplete(code: String) -> IsCompleteReply.Completeness {
    if code.hasSuffix("\\") { return .incomplete(indent: "  ") }
    return code.hasPrefix(")") ? .invalid : .complete
  }

  private func split(_ code: String) -> (verb: String, argument: String) {
    guard let space = code.firstIndex(of: " ") else { return (code, "") }
    return (String(code[..<space]), String(code[code.index(after: space)...]))
  }
}
