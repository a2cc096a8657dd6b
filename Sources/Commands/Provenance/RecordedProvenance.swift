import FoundationEssentials

/// What the outputs of a saved notebook say of how they were made.
struct RecordedProvenance {
  /// Something that went into an output.
  struct Input: Decodable, Hashable {
    let kind: String
    let sha256: String?
    let fileSHA256: String?

    private enum CodingKeys: String, CodingKey {
      case kind, sha256
      case fileSHA256 = "file_sha256"
    }
  }

  /// What one output says.
  struct Record: Decodable, Hashable {
    let version: String
    let processor: String
    let instructions: String
    let inputs: [String: Input]
  }

  /// What all outputs say, in the notebook's order.
  let records: [Record]

  /// Reads a notebook; nil where the file is none.
  init?(notebook path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let notebook = try? JSONDecoder().decode(Notebook.self, from: data)
    else { return nil }
    records = notebook.cells.flatMap { $0.outputs ?? [] }.compactMap { $0.metadata?.octet }
  }

  /// What is not as the outputs say, a sentence each.
  ///
  /// - Parameter hashes: the hashes of what is loaded now, by name; what is not loaded is not compared.
  func differences(version: String, processor: String, instructions: String, hashes: [String: String]) -> [String] {
    var found: [String] = []
    func compare(_ what: String, _ recorded: [String], _ present: String) {
      let others = Set(recorded).subtracting([present]).sorted()
      if !others.isEmpty { found.append("\(what) is \(present) now, and was \(others.joined(separator: ", ")).") }
    }
    compare("Octet's version", records.map(\.version), version)
    compare("The processor", records.map(\.processor), processor)
    compare("The instruction set", records.map(\.instructions), instructions)
    for name in Set(records.flatMap(\.inputs.keys)).sorted() {
      let inputs = records.compactMap { $0.inputs[name] }
      guard let hash = hashes[name] else { continue }
      let recorded = Set(inputs.compactMap { $0.kind == "model" ? $0.fileSHA256 : $0.sha256 })
      if !recorded.isEmpty, !recorded.contains(hash) {
        found.append("`\(name)` is another \(inputs.first?.kind ?? "thing") now: its SHA-256 is not the one recorded.")
      }
    }
    return found
  }

  private struct Notebook: Decodable {
    let cells: [Cell]
  }

  private struct Cell: Decodable {
    let outputs: [Output]?
  }

  private struct Output: Decodable {
    let metadata: Metadata?
  }

  private struct Metadata: Decodable {
    let octet: Record?

    private enum Key: CodingKey { case octet }

    /// Reads what Octet wrote; what others wrote under the same key counts as nothing.
    init(from decoder: any Decoder) throws {
      octet = try? decoder.container(keyedBy: Key.self).decodeIfPresent(Record.self, forKey: .octet)
    }
  }
}
