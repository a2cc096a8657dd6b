import ArgumentParser
import Logging
import ZeroMQTransport

/// `octet kernel`: serves a notebook.
struct KernelSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Runs as a Jupyter kernel; what an installed kernelspec starts.")

  @Option(name: [.customShort("f"), .long], help: "The connection file that the Jupyter server wrote.")
  var connectionFile: String

  func run() throws {
    var logger = Logger(label: "octet", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .warning
    let status: Int32
    do {
      status = try KernelServer.run(connectionFile: connectionFile, logger: logger) { CommandInterpreter() }
    } catch {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet kernel: \(error)")
    }
    ProgramEnding.exit(with: status)
  }
}
