import Foundation

/// The project's files, found from this file's own place.
enum Project {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The Swift files below a folder, as paths from the root.
  static func swiftFiles(below folder: String) -> [String] {
    let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
    return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
      .sorted()
  }

  /// The folders of `Sources` that hold a target of Swift code.
  static func swiftTargets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
      .filter { !swiftFiles(below: "Sources/\($0)").isEmpty }.sorted()
  }

  /// What a Swift file imports.
  static func imports(of file: String) throws -> [String] {
    try text(file).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count,
        words[..<at].allSatisfy({
          ["public", "internal", "package", "private", "fileprivate", "@testable"].contains($0)
        })
      else { return nil }
      let name =
        words[at + 1] == "struct" || words[at + 1] == "func" ? words[min(at + 2, words.count - 1)] : words[at + 1]
      return String(name.split(separator: ".")[0])
    }
  }
}

/// The table of targets in ARCHITECTURE.md.
struct TargetTable {
  /// For each target, what it may import.
  let imports: [String: Set<String>]

  init() throws {
    var imports: [String: Set<String>] = [:]
    let section = try Project.text("ARCHITECTURE.md").components(separatedBy: "\n## ")
      .first { $0.hasPrefix("Targets and arrows") }
    for line in (section ?? "").split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0] != "target" else { continue }
      imports[cells[0]] = Set(
        (cells[2] + "," + cells[3]).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
          .filter { $0 != "—" })
    }
    self.imports = imports
  }
}
