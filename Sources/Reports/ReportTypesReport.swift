public import Documents

/// The reports that can be made of a model on a dataset, and why others cannot.
public struct ReportTypesReport: Report {
  /// One type of report.
  public struct Kind: Sendable, Hashable {
    /// The report's full name.
    public let name: String
    /// The command that makes it.
    public let command: String
    /// What it does, in one sentence.
    public let summary: String
    /// Why it cannot be made, as a clause; nil where it can.
    public let obstacle: String?

    /// Takes what is known of a type.
    public init(name: String, command: String, summary: String, obstacle: String?) {
      self.name = name
      self.command = command
      self.summary = summary
      self.obstacle = obstacle
    }
  }

  /// The types in the order in which they are offered.
  public let kinds: [Kind]
  private let model: String
  private let dataset: String

  /// Makes a report.
  public init(model: String, dataset: String, kinds: [Kind]) {
    self.model = model
    self.dataset = dataset
    self.kinds = kinds
  }

  /// A table with one row for each type.
  public var document: Document {
    Document(title: "Reports of \(model) on \(dataset)", blocks: [.table(table)])
  }

  /// `columns` and `rows` of the table.
  public var data: DataValue { .object(DataValue.columnsAndRows(of: table)) }

  private var table: Table {
    Table(
      columns: [
        Column(id: "report", title: "Report"), Column(id: "available", title: "Available", kind: .boolean),
        Column(id: "command", title: "Command"),
        Column(id: "summary", title: "What it shows, or why it is not available"),
      ],
      rows: kinds.map { kind in
        Row([
          .text(kind.name), .boolean(kind.obstacle == nil), .text(kind.command), .text(kind.obstacle ?? kind.summary),
        ])
      }, noun: .init("report", "reports"))
  }
}
