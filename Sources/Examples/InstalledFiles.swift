import FoundationEssentials

/// Where the files lie that Octet brings along, besides the program itself.
public struct InstalledFiles: Sendable {
  /// The absolute path of the running program, symbolic links followed; nil where the system does not tell.
  public let executable: String?
  /// The value of the environment variable `OCTET_EXAMPLES`; nil where it is not set.
  public let environmentPath: String?

  /// The files of the running program.
  public init() {
    executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let value = ProcessInfo.processInfo.environment["OCTET_EXAMPLES"]
    environmentPath = value?.isEmpty == false ? value : nil
  }

  /// The files of a program at a path; for tests.
  public init(executable: String?, environmentPath: String? = nil) {
    self.executable = executable
    self.environmentPath = environmentPath
  }

  /// The folders above the program, the nearest first.
  private var foldersAbove: [String] {
    guard let executable else { return [] }
    let names = executable.split(separator: "/").dropLast()
    return names.indices.reversed().map { "/" + names[...$0].joined(separator: "/") }
  }

  /// Where what was built with the program may lie, in the order in which it is looked for: beside it, and `../lib/octet`.
  public var programFolders: [String] { foldersAbove.first.map { [$0, $0 + "/../lib/octet"] } ?? [] }

  /// Where examples may lie, in the order in which they are looked for.
  ///
  /// `OCTET_EXAMPLES`, beside the program (`octet_Examples.resources`), `../share/octet/examples`, and the source tree
  /// that the program was built in.
  public var exampleFolders: [String] {
    var folders = environmentPath.map { [$0] } ?? []
    if let folder = foldersAbove.first {
      folders += ["/octet_Examples.resources/Resources", "/octet_Examples.resources"].map { folder + $0 }
      folders.append(folder + "/../share/octet/examples")
    }
    return folders + foldersAbove.map { $0 + "/Sources/Examples/Resources" }
  }

  /// The folder of this name that comes with Octet: below `../share/octet`, or in the source tree.
  public func folder(named name: String) -> String? {
    let beside = foldersAbove.first.map { [$0 + "/../share/octet/" + name] } ?? []
    let inSourceTree = foldersAbove.filter { Self.isFile($0 + "/Package.swift") }.map { "\($0)/\(name)" }
    return (beside + inSourceTree).first(where: Self.isFolder)
  }

  static func isFile(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }
}
