public import Documents

/// What makes a result reproducible: versions, processor, and the hashes of what is loaded.
public struct EnvironmentReport: Report {
  /// Something that is loaded, with its hash.
  public struct Asset: Sendable, Hashable {
    /// The name that stands for it.
    public let name: String
    /// `model` or `dataset`.
    public let kind: String
    /// What it is, as `ONNX, 14.2 MB`.
    public let summary: String
    /// The file or folder.
    public let path: String
    /// The SHA-256 in hexadecimal.
    public let digest: String

    /// Takes an asset.
    public init(name: String, kind: String, summary: String, path: String, digest: String) {
      self.name = name
      self.kind = kind
      self.summary = summary
      self.path = path
      self.digest = digest
    }
  }

  /// Labelled facts about program and machine.
  public let facts: [FactList.Fact]
  /// What is loaded.
  public let assets: [Asset]
  /// What is not as it was when a notebook ran, a sentence each; nil where nothing was compared.
  public let differences: [String]?

  /// Makes a report.
  public init(facts: [FactList.Fact], assets: [Asset], differences: [String]? = nil) {
    self.facts = facts
    self.assets = assets
    self.differences = differences
  }

  /// The differences, the facts, a table of what is loaded, and where it lies.
  public var document: Document {
    var blocks: [Block] = []
    if let differences {
      blocks +=
        differences.isEmpty
        ? [.callout(Callout(.note, "Nothing differs from what the notebook's outputs were made with."))]
        : differences.map { .callout(Callout(.warning, RichText($0))) }
    }
    blocks.append(.facts(FactList(facts)))
    if !assets.isEmpty {
      blocks.append(.table(table))
      let places = FactList(assets.flatMap { [.init($0.name, $0.path), .init("SHA-256", $0.digest)] })
      blocks.append(.details(summary: "Where these lie, and their hashes in full", blocks: [.facts(places)]))
    }
    return Document(title: "Environment", blocks: blocks)
  }

  private var table: Table {
    Table(
      title: "Loaded",
      columns: [
        Column(id: "name", title: "Name"), Column(id: "what", title: "What"),
        Column(
          id: "sha256", title: "SHA-256",
          help: "Of a model its file; of a dataset the list of its pictures with the hash of each."),
      ], rows: assets.map { Row([.text($0.name), .text("\($0.kind): \($0.summary)"), .text($0.digest)]) },
      noun: .init("thing", "things"))
  }
}
