import ArgumentParser
import CommandLanguage
import Commands
import FoundationEssentials
import Reports

/// `octet run`: a program in the command language, from a file or the command line.
struct RunSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs commands from a file, or those given with -c.",
    discussion: "Ends with status 1 after the first statement that failed, and 2 where the arguments are wrong.")

  @Argument(help: "A file with commands; - for standard input.")
  var file: String?

  @Option(name: .customShort("c"), help: "Commands, instead of a file.")
  var text: String?

  @Option(help: "A file that everything shown is written to as one page of HTML.")
  var html: String?

  @Flag(help: "Prints one line of JSON for each statement and nothing else.")
  var json = false

  func run() throws {
    let source = SourceText(try program())
    let output = TerminalOutput(isQuiet: json, keepsReports: html != nil)
    let ending = ProgramRunner(session: Session()).run(
      source, output: output,
      observe: { record in
        if json { StandardStreams.write(Self.line(for: record) + "\n", to: .stdout) }
      })
    output.endProgress()
    if let html { try write(output.htmlPage(title: "Octet"), to: html) }
    switch ending {
    case .finished: return
    case .failed(let diagnostics): throw failure(diagnostics, source)
    case .interrupted(let diagnostic): throw failure([diagnostic], source)
    }
  }

  private func program() throws -> String {
    switch (file, text) {
    case (nil, let text?): return text
    case (let file?, nil):
      let path = file == "-" ? "/dev/stdin" : file
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
        throw ProgramEnding(ProgramEnding.wrongArguments, "octet run: \(file) cannot be read; check the path")
      }
      return String(decoding: data, as: UTF8.self)
    default: throw ValidationError("Give either a file or commands with -c.")
    }
  }

  private func write(_ page: String, to path: String) throws {
    do {
      try Data(page.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ProgramEnding(
        ProgramEnding.wrongArguments, "octet run: \(path) cannot be written; name a file in a folder that exists")
    }
  }

  private func failure(_ diagnostics: [Diagnostic], _ source: SourceText) -> ProgramEnding {
    let renderer = DiagnosticRenderer(source, usesColor: StandardStreams.isTerminal(.stderr))
    return ProgramEnding(ProgramEnding.failure, renderer.text(for: diagnostics))
  }

  private static func line(for record: ProgramRunner.Record) -> String {
    let line: DataValue = [
      "command": record.command.map(DataValue.string) ?? .null, "name": record.name.map(DataValue.string) ?? .null,
      "result": record.data,
    ]
    return line.json
  }
}
