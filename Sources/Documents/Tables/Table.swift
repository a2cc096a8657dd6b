/// Rows and columns with typed cells, an initial order, a limit on what is shown, and exports that hold everything.
public struct Table: Sendable, Equatable, Codable {
  /// What it means that a row is flagged.
  public struct Flag: Sendable, Equatable, Codable {
    /// The name of the flag in exports.
    public var id: String
    /// The word set beside the first cell of a flagged row, such as `differs`.
    public var label: String
    /// The label of the check box that leaves only flagged rows.
    public var filterLabel: String

    /// Creates a flag.
    public init(id: String, label: String, filterLabel: String) {
      self.id = id
      self.label = label
      self.filterLabel = filterLabel
    }

    /// Images whose prediction is not the reference's.
    public static let erroneous = Flag(
      id: "erroneous", label: "differs", filterLabel: "Show only erroneous images")
  }

  /// What a row is, for counts in sentences.
  public struct Noun: Sendable, Equatable, Codable {
    /// One of them.
    public var singular: String
    /// None or several of them.
    public var plural: String

    /// Creates a noun.
    public init(_ singular: String, _ plural: String) {
      self.singular = singular
      self.plural = plural
    }

    /// A count with the noun in the right number, such as `1 image` or, with a word between them, `5 more images`.
    func counted(_ count: Int, _ word: String = "") -> String {
      "\(NumberFormat.integer.string(for: count)) \(word.isEmpty ? "" : word + " ")\(count == 1 ? singular : plural)"
    }
  }

  /// The title above the table; empty for none.
  public var title: String
  /// The columns from first to last.
  public var columns: [Column]
  /// The rows in the order of their origin; `sort` decides on the order shown.
  public var rows: [Row]
  /// The order shown, most important key first; empty for the order of origin.
  public var sort: [SortKey]
  /// How many rows are in sight at first, at least 1; the rest is folded or on further pages.
  public var visibleRowCount: Int
  /// How many rows a notebook output holds at most, at least 1; exports hold all.
  public var rowLimit: Int
  /// What flagged rows have in common; nil where no row is flagged.
  public var flag: Flag?
  /// What a row is.
  public var noun: Noun
  /// The header of the column that unfolds details.
  public var detailsTitle: String
  /// The words that unfold the details of a row.
  public var detailsLabel: String

  /// Creates a table.
  public init(
    title: String = "", columns: [Column], rows: [Row] = [], sort: [SortKey] = [], visibleRowCount: Int = 25,
    rowLimit: Int = 1000, flag: Flag? = nil, noun: Noun = Noun("row", "rows"), detailsTitle: String = "Actions",
    detailsLabel: String = "Visualize"
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.sort = sort
    self.visibleRowCount = max(visibleRowCount, 1)
    self.rowLimit = max(rowLimit, 1)
    self.flag = flag
    self.noun = noun
    self.detailsTitle = detailsTitle
    self.detailsLabel = detailsLabel
  }

  var hasDetails: Bool { rows.contains { $0.details != nil } }
}

extension Table {
  /// Reads a table that was written down; numbers of rows are at least 1.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      title: try fields.decode(String.self, forKey: .title),
      columns: try fields.decode([Column].self, forKey: .columns),
      rows: try fields.decode([Row].self, forKey: .rows), sort: try fields.decode([SortKey].self, forKey: .sort),
      visibleRowCount: try fields.decode(Int.self, forKey: .visibleRowCount),
      rowLimit: try fields.decode(Int.self, forKey: .rowLimit),
      flag: try fields.decodeIfPresent(Flag.self, forKey: .flag),
      noun: try fields.decode(Noun.self, forKey: .noun),
      detailsTitle: try fields.decode(String.self, forKey: .detailsTitle),
      detailsLabel: try fields.decode(String.self, forKey: .detailsLabel))
  }
}
