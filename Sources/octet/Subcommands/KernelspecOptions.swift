import ArgumentParser
import FoundationEssentials

/// Where a kernelspec is installed, and under which name.
struct KernelspecOptions: ParsableArguments {
  @Flag(name: .long, help: "For this user only (the default).")
  var user = false

  @Flag(name: .long, help: "Into the Python environment that is active.")
  var sysPrefix = false

  @Flag(name: .long, help: "For all users of the machine, below /usr/local.")
  var system = false

  @Option(help: "Into an environment's folder, below share/jupyter.")
  var prefix: String?

  @Option(help: "The name of the kernelspec.")
  var name = "octet"

  /// Whether a place was named.
  var isGiven: Bool { user || sysPrefix || system || prefix != nil }

  func validate() throws {
    guard [user, sysPrefix, system, prefix != nil].count(where: { $0 }) <= 1 else {
      throw ValidationError("Give one of --user, --sys-prefix, --system and --prefix.")
    }
    let isName = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }
    guard !name.isEmpty, name.allSatisfy(isName), name != ".", name != ".." else {
      throw ValidationError("A kernelspec's name has only letters, digits, points, hyphens and underscores.")
    }
  }

  /// The folder of Jupyter that is meant.
  ///
  /// - Throws: `ProgramEnding` where the environment that it belongs to is not known.
  func folder() throws -> JupyterFolder {
    if let prefix { return JupyterFolder(path: prefix + "/share/jupyter") }
    if system { return .system }
    if sysPrefix {
      guard let environment = JupyterFolder.environment else {
        throw ProgramEnding(
          ProgramEnding.wrongArguments,
          "octet: no Python environment is active; activate one, or name its folder with --prefix")
      }
      return environment
    }
    guard let user = JupyterFolder.user else {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet: the home folder is not known; use --prefix")
    }
    return user
  }
}
