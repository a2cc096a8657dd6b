import ArgumentParser
import Commands

/// `octet install`: tells Jupyter of the kernel.
struct InstallSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Installs the kernelspec, so that Jupyter finds the kernel.")

  @OptionGroup var place: KernelspecOptions

  @Option(help: "The name that people see.")
  var displayName: String?

  func run() throws {
    let folder = try place.folder()
    try Kernelspec(folder: folder).install(displayName: displayName)
    StandardStreams.write("installed the kernelspec \(place.name) in \(folder)\n", to: .stdout)
  }
}

/// `octet uninstall`: the opposite.
struct UninstallSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Removes the kernelspec that install wrote.")

  @OptionGroup var place: KernelspecOptions

  func run() throws {
    let folder = try place.folder()
    try Kernelspec(folder: folder).uninstall()
    StandardStreams.write("removed \(folder)\n", to: .stdout)
  }
}
