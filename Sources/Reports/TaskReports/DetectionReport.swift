import Datasets
public import Documents
public import Evaluation

/// What a detector finds in each picture, beside annotations or what its parent finds.
public struct DetectionReport: PicturedReport {
  private static let pictureCount = 8

  /// What the report is about.
  public struct Subject: Sendable {
    /// The name of the model.
    public let model: String
    /// The name of the dataset.
    public let dataset: String
    /// What the predictions are compared with.
    public let reference: TaskReference
    /// How many rows a picture has.
    public let view: TaskReportView
    /// What was decided about classes, in sentences; empty for nothing.
    public let note: String
    /// The names of the classes.
    public let classes: ClassNames

    /// Takes what the report is about.
    public init(
      model: String, dataset: String, reference: TaskReference, view: TaskReportView, note: String,
      classes: ClassNames
    ) {
      self.model = model
      self.dataset = dataset
      self.reference = reference
      self.view = view
      self.note = note
      self.classes = classes
    }
  }

  private let subject: Subject
  private let comparison: DetectionComparison
  private let threshold: Double
  private let selection: [Int]
  private let selectionText: String
  private let order: [SortKey]
  /// The pictures of the rows.
  public var pictures: PictureShelf

  /// Makes a report of the rows of a comparison, those of the view.
  public init(
    _ subject: Subject, comparison: DetectionComparison, threshold: Double, selection: [Int],
    selectionText: String = "", order: [SortKey] = [], pictures: PictureShelf = PictureShelf()
  ) {
    self.subject = subject
    self.comparison = comparison
    self.threshold = threshold
    self.selection = selection
    self.selectionText = selectionText
    self.order = order
    self.pictures = pictures
  }

  private var rows: [DetectionComparison.Row] {
    subject.view == .basic ? comparison.rows : comparison.classRows
  }

  /// The sums and the table.
  public var document: Document {
    var blocks: [Block] = [.facts(summary)]
    if !subject.note.isEmpty { blocks.append(.paragraph(RichText(subject.note))) }
    blocks += SkippedFiles.blocks(comparison.skipped)
    blocks.append(.table(table))
    let beside = if case .parent(let parent) = subject.reference { " beside its parent \(parent)" } else { "" }
    return Document(
      title: subject.reference.title, subtitle: "\(subject.model)\(beside) on \(subject.dataset)", blocks: blocks)
  }

  /// The pictures of the rows, those with errors first.
  public var gallery: ImageGrid? {
    var seen: Set<String> = []
    let ordered = selection.filter { rows[$0].isErroneous } + selection.filter { !rows[$0].isErroneous }
    let once = ordered.filter { seen.insert(rows[$0].sample.path).inserted }
    return ImageGrid(cards: once.prefix(Self.pictureCount).map(card))
  }

  /// `columns` and `rows` of the table, and the sums.
  public var data: DataValue {
    let sums: DataValue = [
      "images": .integer(comparison.rows.count), "skipped": .integer(comparison.skipped.count),
      "detections": .integer(comparison.detectionCount), "objects": .integer(comparison.objectCount),
      "matches": .integer(comparison.matchCount), "threshold": .number(threshold),
      "overlap": .number(comparison.overlap),
    ]
    let head: [DataValue.Member] = [
      .init(key: "report", value: .string(subject.reference.name)), .init(key: "model", value: .string(subject.model)),
      .init(key: "dataset", value: .string(subject.dataset)), .init(key: "view", value: .string(subject.view.rawValue)),
      .init(key: "summary", value: sums),
    ]
    return .object(head + DataValue.columnsAndRows(of: table))
  }

  private var summary: FactList {
    let (found, there, right) = (comparison.detectionCount, comparison.objectCount, comparison.matchCount)
    func share(_ whole: Int) -> String {
      whole > 0 ? NumberFormat.percent().string(for: Double(right) / Double(whole)) : "N/A"
    }
    let count = NumberFormat.integer
    let other = subject.reference == .annotations ? "annotated objects" : "detections of the parent"
    let wrong = comparison.rows.count(where: \.isErroneous)
    return FactList(
      [
        .init(
          "Matches of A", share(found),
          note: "\(count.string(for: right)) of \(count.string(for: found)) detections with scores of "
            + "\(NumberFormat.exact.string(for: threshold)) or more"),
        .init(
          "Matches of B", share(there), note: "\(count.string(for: right)) of \(count.string(for: there)) \(other)"),
        .init(
          "Images that differ", count.string(for: wrong), note: "of \(count.string(for: comparison.rows.count)) images"),
      ], style: .headline)
  }

  private var table: Table {
    let rows = rows
    let columns = DetectionColumn.shown(subject.view)
    let detailed = DetailedRows.indices(selection, pictures) { rows[$0].isErroneous }
    return Table(
      title: selectionText, columns: columns.map { $0.column(subject.reference, subject.view) },
      rows: selection.map { index in
        Row(
          columns.map { $0.cell(rows[index], subject.classes) }, isFlagged: rows[index].isErroneous,
          details: detailed.contains(index) ? card(index) : nil)
      }, sort: order, flag: .erroneous,
      noun: subject.view == .basic ? .init("image", "images") : .init("row", "rows"))
  }

  private func card(_ index: Int) -> PictureCard {
    let row = rows[index]
    let (found, there, right) = (row.detectionCount, row.objectCount, row.matchCount)
    let what = row.classIndex.map { subject.classes.short($0) + ": " } ?? ""
    let verdict =
      row.isErroneous
      ? "\(what)\(found) found, \(there) there, \(right) \(right == 1 ? "matches" : "match")"
      : "\(what)all \(right) match"
    let other = if case .parent(let parent) = subject.reference { parent } else { "the annotations" }
    return PictureCard(
      caption: row.sample.path, picture: pictures[row.sample.path],
      isPictureLeftOut: pictures.leavesOut(row.sample.path), pictureDescription: description(row),
      pictureEdge: PictureShelf.drawnEdge, verdict: .init(verdict, isAlarming: row.isErroneous),
      note: "Solid blue lines, scores above: \(subject.model). Dashed orange lines, classes below: \(other).")
  }

  /// What the picture shows, for who does not see it.
  private func description(_ row: DetectionComparison.Row) -> String {
    let scene = comparison.scenes[row.sample.path]
    let names = (scene?.detections ?? []).prefix(10).map {
      "\(subject.classes.short($0.classIndex)) \(NumberFormat.probability.string(for: $0.score))"
    }
    return "\(row.sample.path) with boxes: " + (names.isEmpty ? "none found" : names.joined(separator: ", "))
  }
}
