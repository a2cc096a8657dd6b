import ArgumentParser
import Commands

/// The program: a kernel for notebooks, and the same language in a terminal.
@main
struct Octet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "octet", abstract: "Quantizes neural networks to INT8, runs them, and shows what has become of them.",
    version: OctetVersion.current,
    subcommands: [
      KernelSubcommand.self, InstallSubcommand.self, UninstallSubcommand.self, DoctorSubcommand.self,
      RunSubcommand.self, InferSubcommand.self, ExamplesSubcommand.self,
    ])

  /// Runs the program; wrong arguments end it with status 2.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let ending as ProgramEnding {
      if !ending.message.isEmpty { StandardStreams.write("\(ending.message)\n", to: .stderr) }
      ProgramEnding.exit(with: ending.status)
    } catch {
      let message = fullMessage(for: error)
      let isUsage = exitCode(for: error) == .validationFailure
      if !message.isEmpty {
        StandardStreams.write(message + "\n", to: exitCode(for: error) == .success ? .stdout : .stderr)
      }
      ProgramEnding.exit(with: isUsage ? 2 : exitCode(for: error).rawValue)
    }
  }
}
