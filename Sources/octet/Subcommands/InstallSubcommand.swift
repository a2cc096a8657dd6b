import ArgumentParser
import Commands

/// `octet install`: tells Jupyter of the kernel.
struct InstallSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Installs the kernelspec, so that Jupyter finds the kernel, and the syntax colours for JupyterLab.")

  @OptionGroup var place: KernelspecOptions

  @Option(help: "The name that people see.")
  var displayName: String?

  @Option(help: "A variable as NAME=VALUE that the kernel is started with; once for each.")
  var env: [String] = []

  @Flag(help: "Replaces the kernelspec of another kernel under the same name.")
  var force = false

  func run() throws {
    let folder = try place.folder()
    let kernelspec = folder.kernelspec(named: place.name)
    try kernelspec.install(displayName: displayName, environment: variables(), replacesOthers: force)
    StandardStreams.write("installed the kernelspec \(place.name) in \(kernelspec.folder)\n", to: .stdout)
    try folder.languageExtension.install()
    StandardStreams.write("installed the syntax colours in \(folder.languageExtension.folder)\n", to: .stdout)
  }

  private func variables() throws -> [(name: String, value: String)] {
    try env.map { argument in
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ProgramEnding(ProgramEnding.wrongArguments, "octet: --env \(argument) is not of the form NAME=VALUE")
      }
      return (parts[0], parts[1])
    }
  }
}

/// `octet uninstall`: the opposite.
struct UninstallSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Removes the kernelspec and the syntax colours that install wrote.")

  @OptionGroup var place: KernelspecOptions

  func run() throws {
    let folder = try place.folder()
    let kernelspec = folder.kernelspec(named: place.name)
    try kernelspec.uninstall()
    StandardStreams.write("removed \(kernelspec.folder)\n", to: .stdout)
    let colours = folder.languageExtension
    guard folder.kernelspecs.isEmpty, colours.version != nil else { return }
    try colours.uninstall()
    StandardStreams.write("removed \(colours.folder)\n", to: .stdout)
  }
}
