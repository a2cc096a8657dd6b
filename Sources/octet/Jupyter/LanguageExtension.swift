import CommandLanguage
import Commands
import Examples
import FoundationEssentials
import JupyterMessaging

/// The prebuilt extension by which JupyterLab 4 and Notebook 7 colour the command language.
struct LanguageExtension {
  private static let files = ["package.json", "install.json", "static/remoteEntry.js"]

  /// The path of the folder.
  let folder: String

  /// The version that is installed; nil where none is.
  var version: String? {
    guard let data = FileManager.default.contents(atPath: folder + "/package.json") else { return nil }
    return (try? JSONValue(parsing: data))?.objectValue?["version"]?.stringValue
  }

  /// Whether every file is there.
  var isComplete: Bool { Self.files.allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") } }

  /// Writes the folder, with the words of this version's language.
  ///
  /// - Throws: `ProgramEnding` where the template is not found or the folder cannot be written.
  func install(files: InstalledFiles = InstalledFiles()) throws {
    let template = files.folder(named: "labextension")
    for name in Self.files {
      guard let template, let data = FileManager.default.contents(atPath: "\(template)/\(name)") else {
        throw ProgramEnding(
          ProgramEnding.wrongArguments,
          "octet: the template of the JupyterLab extension is not beside the program; run octet from where it was built "
            + "or installed")
      }
      let text = Self.filled(String(decoding: data, as: UTF8.self))
      try InstalledFolder.write(text.utf8, to: name, in: folder)
    }
  }

  /// Removes the folder.
  ///
  /// - Throws: `ProgramEnding`.
  func uninstall() throws { try InstalledFolder.remove(folder) }

  /// A template's text with its marks replaced.
  private static func filled(_ text: String) -> String {
    let vocabulary = CommandCatalog.vocabulary
    let marks = [
      "@VERSION@": OctetVersion.current, "@VERBS@": list(vocabulary.allVerbs), "@SUBJECTS@": list(vocabulary.subjects),
      "@CHOICES@": String(decoding: choices(vocabulary).serialized, as: UTF8.self),
    ]
    return marks.reduce(text) { $0.replacing($1.key, with: $1.value) }
  }

  /// For each label the words that can stand behind it, whatever the command.
  private static func choices(_ vocabulary: CommandVocabulary) -> JSONValue {
    var choices: [String: Set<String>] = [:]
    for label in vocabulary.signatures.flatMap(\.labels) {
      let words = words(of: label.type)
      if !words.isEmpty { choices[label.name, default: []].formUnion(words) }
    }
    let members = choices.sorted { $0.key < $1.key }.map { label, words in
      JSONObject.Member(key: label, value: .array(words.sorted().map { .string($0) }))
    }
    return .object(JSONObject(members))
  }

  private static func words(of type: ArgumentType) -> [String] {
    type.alternatives.flatMap { type -> [String] in
      if case .choice(let words) = type { words.map(\.word) } else { [] }
    }
  }

  private static func list(_ words: [String]) -> String {
    String(decoding: JSONValue.array(words.map { .string($0) }).serialized, as: UTF8.self)
  }
}
