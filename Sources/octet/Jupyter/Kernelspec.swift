import Examples
import FoundationEssentials
import JupyterMessaging

/// The folder by which Jupyter finds a kernel.
struct Kernelspec {
  /// The word in the template's command that stands for the path of the program.
  private static let programMark = "@OCTET@"
  private static let logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]

  /// The path of the folder.
  let folder: String

  private var descriptionPath: String { folder + "/kernel.json" }

  /// What the description says; nil where there is none, or none that can be read.
  private var description: JSONObject? {
    guard let data = FileManager.default.contents(atPath: descriptionPath) else { return nil }
    return (try? JSONValue(parsing: data))?.objectValue
  }

  /// The program that the installed kernelspec starts; nil where none is installed, or one of another kernel.
  var program: String? {
    guard let description, let argv = description["argv"]?.arrayValue, argv.count >= 2,
      argv[1].stringValue == "kernel", description["language"]?.stringValue == "octet"
    else { return nil }
    return argv[0].stringValue
  }

  /// Whether anything is there.
  var exists: Bool { FileManager.default.fileExists(atPath: folder) }

  /// Whether a description is there that is not JSON.
  var isBroken: Bool { FileManager.default.fileExists(atPath: descriptionPath) && description == nil }

  /// The logos that are missing.
  var missingLogos: [String] {
    Self.logos.filter { !FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
  }

  /// Writes the folder: the logos, then the description with the path of this program.
  ///
  /// - Parameters:
  ///   - displayName: the name that people see; nil for the template's.
  ///   - environment: variables that the kernel is started with.
  ///   - replacesOthers: whether the kernelspec of another kernel under this name is replaced.
  ///   - files: where the template is.
  /// - Throws: `ProgramEnding` where the template is not found, the folder cannot be written or belongs to another kernel.
  func install(
    displayName: String?, environment: [(name: String, value: String)] = [], replacesOthers: Bool = false,
    files: InstalledFiles = InstalledFiles()
  ) throws {
    guard let program = files.executable, let template = files.folder(named: "kernelspec"),
      let data = FileManager.default.contents(atPath: template + "/kernel.json"),
      var description = (try? JSONValue(parsing: data))?.objectValue
    else {
      throw ProgramEnding(
        ProgramEnding.wrongArguments,
        "octet: the template of the kernelspec is not beside the program; run octet from where it was built or installed"
      )
    }
    guard replacesOthers || !exists || self.program != nil else {
      throw ProgramEnding(
        ProgramEnding.wrongArguments,
        "octet: \(folder) holds another kernel, or a broken one; choose another --name, or replace it with --force")
    }
    let argv = description["argv"]?.arrayValue ?? []
    description["argv"] = .array(argv.map { $0.stringValue == Self.programMark ? .string(program) : $0 })
    if let displayName { description["display_name"] = .string(displayName) }
    if !environment.isEmpty {
      description["env"] = .object(JSONObject(environment.map { .init(key: $0.name, value: .string($0.value)) }))
    }
    for logo in Self.logos {
      guard let picture = FileManager.default.contents(atPath: "\(template)/\(logo)") else { continue }
      try InstalledFolder.write(picture, to: logo, in: folder)
    }
    try InstalledFolder.write(JSONValue.object(description).serialized, to: "kernel.json", in: folder)
  }

  /// Removes the folder.
  ///
  /// - Throws: `ProgramEnding` where there is none, or one of another kernel.
  func uninstall() throws {
    guard program != nil else {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet: there is no kernelspec of Octet at \(folder)")
    }
    try InstalledFolder.remove(folder)
  }
}
