import ArgumentParser
import Commands
import Logging
import ZeroMQTransport

/// `octet kernel`: serves a notebook.
struct KernelSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Runs as a Jupyter kernel; what an installed kernelspec starts.")

  @Option(name: [.customShort("f"), .long], help: "The connection file that the Jupyter server wrote.")
  var connectionFile: String?

  @Argument(help: "The connection file; without one, a new file is written and its path printed.")
  var file: String?

  func validate() throws {
    if connectionFile != nil, file != nil { throw ValidationError("Give the connection file once.") }
  }

  func run() throws {
    var logger = Logger(label: "octet", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .warning
    let status: Int32
    let history = WorkspaceHistory.standard
    do {
      if let path = connectionFile ?? file {
        status = try KernelServer.run(connectionFile: path, history: history, logger: logger) { CommandInterpreter() }
      } else {
        status = try KernelServer.runOnFreePorts(announce: Self.announce, history: history, logger: logger) {
          CommandInterpreter()
        }
      }
    } catch {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet kernel: \(error)")
    }
    ProgramEnding.exit(with: status)
  }

  private static func announce(_ path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    StandardStreams.write(
      "The kernel listens; its connection file is \(path)\nTo connect: jupyter console --existing \(name)\n",
      to: .stdout)
  }
}
