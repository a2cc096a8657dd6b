import ArgumentParser
import FoundationEssentials

/// Where a kernelspec is installed, and under which name.
struct KernelspecOptions: ParsableArguments {
  @Flag(name: .long, help: "For this user only (the default).")
  var user = false

  @Flag(name: .long, help: "Into the Python environment that is active.")
  var sysPrefix = false

  @Option(help: "Into an environment's folder, below share/jupyter.")
  var prefix: String?

  @Option(help: "The name of the kernelspec.")
  var name = "octet"

  func validate() throws {
    guard [user, sysPrefix, prefix != nil].count(where: { $0 }) <= 1 else {
      throw ValidationError("Give one of --user, --sys-prefix and --prefix.")
    }
    let isName = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }
    guard !name.isEmpty, name.allSatisfy(isName), name != ".", name != ".." else {
      throw ValidationError("A kernelspec's name has only letters, digits, points, hyphens and underscores.")
    }
  }

  /// The folder of the kernelspec.
  ///
  /// - Throws: `ProgramEnding` where the environment that it belongs to is not known.
  func folder() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let data: String
    if let prefix {
      data = prefix + "/share/jupyter"
    } else if sysPrefix {
      guard let active = environment["VIRTUAL_ENV"] ?? environment["CONDA_PREFIX"] else {
        throw ProgramEnding(
          ProgramEnding.wrongArguments,
          "octet: no Python environment is active; activate one, or name its folder with --prefix")
      }
      data = active + "/share/jupyter"
    } else if let folder = environment["JUPYTER_DATA_DIR"], !folder.isEmpty {
      data = folder
    } else if let folder = environment["XDG_DATA_HOME"], !folder.isEmpty {
      data = folder + "/jupyter"
    } else if let home = environment["HOME"], !home.isEmpty {
      data = home + "/.local/share/jupyter"
    } else {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet: the home folder is not known; use --prefix")
    }
    return "\(data)/kernels/\(name)"
  }
}
