public import Documents

/// What is kept of finished work, and where.
public struct CacheReport: Report {
  /// What is kept of one kind.
  public struct Entry: Sendable, Hashable {
    /// What it is.
    public let title: String
    /// The number of results.
    public let count: Int
    /// Their bytes.
    public let byteCount: Int

    /// Takes an entry.
    public init(title: String, count: Int, byteCount: Int) {
      self.title = title
      self.count = count
      self.byteCount = byteCount
    }
  }

  /// The folder; nil where nothing is kept.
  public let folder: String?
  /// How many bytes are kept at most.
  public let limit: Int
  /// What has just been removed; nil where nothing was asked to be.
  public let removed: Entry?
  /// What there is.
  public let entries: [Entry]

  /// Makes a report.
  public init(folder: String?, limit: Int, removed: Entry? = nil, entries: [Entry]) {
    self.folder = folder
    self.limit = limit
    self.removed = removed
    self.entries = entries
  }

  /// The folder and its limit, and a table of what is kept.
  public var document: Document {
    guard let folder else {
      let text = "Nothing is kept: the environment variable OCTET_CACHE is off, or there is no home folder."
      return Document(title: "Cache", blocks: [.callout(Callout(.note, RichText(text)))])
    }
    var blocks: [Block] = []
    if let removed {
      let size = NumberFormat.bytes.string(for: removed.byteCount)
      blocks.append(.callout(Callout(.note, RichText("\(removed.count) results of \(size) were removed."))))
    }
    let total = entries.map(\.byteCount).reduce(0, +)
    blocks.append(
      .facts(
        FactList([
          .init("Folder", folder), .init("Kept", NumberFormat.bytes.string(for: total)),
          .init("Limit", NumberFormat.bytes.string(for: limit), note: "what was not used for longest goes first"),
        ])))
    blocks.append(.table(table))
    return Document(title: "Cache", blocks: blocks)
  }

  private var table: Table {
    Table(
      title: "Results",
      columns: [
        Column(id: "kind", title: "Kind"),
        Column(id: "count", title: "Results", kind: .integer),
        Column(id: "bytes", title: "Size", kind: .number(.bytes)),
      ], rows: entries.map { Row([.text($0.title), .integer($0.count), .integer($0.byteCount)]) },
      noun: .init("kind", "kinds"))
  }
}
