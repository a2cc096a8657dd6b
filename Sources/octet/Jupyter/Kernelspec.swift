import Examples
import FoundationEssentials
import JupyterMessaging

/// The folder by which Jupyter finds a kernel.
struct Kernelspec {
  /// The word in the template's command that stands for the path of the program.
  private static let programMark = "@OCTET@"

  /// The path of the folder.
  let folder: String

  private var descriptionPath: String { folder + "/kernel.json" }

  /// The program that the installed kernelspec starts; nil where none is installed, or one of another kernel.
  var program: String? {
    guard let data = FileManager.default.contents(atPath: descriptionPath),
      let description = try? JSONValue(parsing: data), let argv = description.objectValue?["argv"]?.arrayValue,
      argv.count >= 2, argv[1].stringValue == "kernel", description.objectValue?["language"]?.stringValue == "octet"
    else { return nil }
    return argv[0].stringValue
  }

  /// Writes the folder: the description with the path of this program, and the logos.
  ///
  /// - Throws: `ProgramEnding` where the template is not found or the folder cannot be written.
  func install(displayName: String?, files: InstalledFiles = InstalledFiles()) throws {
    guard let program = files.executable, let template = files.folder(named: "kernelspec"),
      let data = FileManager.default.contents(atPath: template + "/kernel.json"),
      var description = (try? JSONValue(parsing: data))?.objectValue
    else {
      throw ProgramEnding(
        ProgramEnding.wrongArguments,
        "octet: the template of the kernelspec is not beside the program; run octet from where it was built or installed"
      )
    }
    let argv = description["argv"]?.arrayValue ?? []
    description["argv"] = .array(argv.map { $0.stringValue == Self.programMark ? .string(program) : $0 })
    if let displayName { description["display_name"] = .string(displayName) }
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for logo in try manager.contentsOfDirectory(atPath: template) where logo.hasPrefix("logo-") {
        guard let picture = manager.contents(atPath: "\(template)/\(logo)") else { continue }
        try picture.write(to: URL(fileURLWithPath: "\(folder)/\(logo)"), options: .atomic)
      }
      let text = Data(JSONValue.object(description).serialized)
      try text.write(to: URL(fileURLWithPath: descriptionPath), options: .atomic)
    } catch {
      throw ProgramEnding(
        ProgramEnding.wrongArguments, "octet: \(folder) cannot be written; name another place with --prefix")
    }
  }

  /// Removes the folder.
  ///
  /// - Throws: `ProgramEnding` where there is none, or one of another kernel.
  func uninstall() throws {
    guard program != nil else {
      throw ProgramEnding(ProgramEnding.wrongArguments, "octet: there is no kernelspec of Octet at \(folder)")
    }
    guard (try? FileManager.default.removeItem(atPath: folder)) != nil else {
      throw ProgramEnding(
        ProgramEnding.wrongArguments, "octet: \(folder) cannot be removed; check that you may write there")
    }
  }
}
