import ArgumentParser
import Commands
import Examples

/// `octet examples`: copies the tutorials, the models and their data.
struct ExamplesSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "examples",
    abstract: "Copies the tutorial notebooks and the examples' models and pictures into a folder.")

  @Argument(help: "The folder, which is made if need be.")
  var folder: String

  func run() throws {
    do {
      let paths = try ExampleLibrary.copy(to: folder)
      StandardStreams.write(paths.map { $0 + "\n" }.joined(), to: .stdout)
    } catch {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet examples: \(error)")
    }
  }
}
