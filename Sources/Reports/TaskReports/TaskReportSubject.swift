import Datasets
import Documents

/// What a report on a detector or segmenter is about.
public struct TaskReportSubject: Sendable {
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

  private static let pictureCount = 8

  /// The first rows of as many pictures as a gallery shows.
  static func shown(_ rows: [Int], path: (Int) -> String) -> [Int] {
    var seen: Set<String> = []
    return Array(rows.filter { seen.insert(path($0)).inserted }.prefix(pictureCount))
  }

  /// The page: what is found on top, and the table.
  func document(_ summary: FactList, skipped: [DatasetProblem], _ table: Table) -> Document {
    var blocks: [Block] = [.facts(summary)]
    if !note.isEmpty { blocks.append(.paragraph(RichText(note))) }
    blocks += SkippedFiles.blocks(skipped)
    blocks.append(.table(table))
    let beside = if case .parent(let parent) = reference { " beside its parent \(parent)" } else { "" }
    return Document(title: reference.title, subtitle: "\(model)\(beside) on \(dataset)", blocks: blocks)
  }

  /// The page as plain data.
  func data(_ summary: DataValue, _ table: Table) -> DataValue {
    .object(
      [
        .init(key: "report", value: .string(reference.name)), .init(key: "model", value: .string(model)),
        .init(key: "dataset", value: .string(dataset)), .init(key: "view", value: .string(view.rawValue)),
        .init(key: "summary", value: summary),
      ] + DataValue.columnsAndRows(of: table))
  }
}
