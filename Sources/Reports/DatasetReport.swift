public import Datasets
public import Documents

/// What is in a dataset, with small pictures of its first samples.
public struct DatasetReport: Report {
  /// How many pictures are shown.
  public static let shownCount = 12

  /// The dataset.
  public let dataset: Dataset
  /// What reading all pictures brought to light; nil where they were not read.
  public let survey: DatasetSurvey?
  private let labels: Labels?
  private let pictures: PictureShelf

  /// Makes a report; the pictures of the first samples should be on the shelf.
  public init(_ dataset: Dataset, labels: Labels?, pictures: PictureShelf, survey: DatasetSurvey? = nil) {
    self.dataset = dataset
    self.labels = labels
    self.pictures = pictures
    self.survey = survey
  }

  /// The samples whose pictures are shown: evenly spread over the dataset.
  public static func shown(of dataset: Dataset) -> [Sample] {
    let count = min(shownCount, dataset.samples.count)
    return (0..<count).map { dataset.samples[$0 * dataset.samples.count / count] }
  }

  /// The type as people name it.
  public static func typeName(of dataset: Dataset) -> String {
    DatasetCatalog.title(ofFormat: dataset.format)
  }

  /// Type, counts, problems and thumbnails.
  public var document: Document {
    var page = textDocument
    if let gallery { page.append(.gallery(gallery)) }
    return page
  }

  /// Type, counts and problems.
  public var textDocument: Document {
    var facts = [
      FactList.Fact("Type", Self.typeName(of: dataset)),
      FactList.Fact("Images", NumberFormat.integer.string(for: dataset.samples.count)),
    ]
    let altered = dataset.samples.count { $0.alteration != nil }
    if altered > 0 {
      facts.append(
        .init(
          "Augmented", NumberFormat.integer.string(for: altered),
          note: "made of \(dataset.samples.count - altered) others when they are read"))
    }
    facts.append(.init("Tasks", dataset.tasks.map(\.rawValue).joined(separator: ", ")))
    let distribution = ClassDistribution(of: dataset)
    if !distribution.entries.isEmpty {
      let classes = NumberFormat.integer.string(for: distribution.entries.count)
      facts.append(.init("Annotated classes", classes, note: labels.map { "of \($0.count) that have names" } ?? ""))
    }
    let objects = distribution.entries.map(\.objectCount).reduce(0, +)
    if distribution.countsObjects {
      facts.append(.init("Objects", NumberFormat.integer.string(for: objects)))
    }
    if !dataset.pairs.isEmpty {
      let same = dataset.pairs.count(where: \.isSame)
      facts.append(
        .init("Pairs", NumberFormat.integer.string(for: dataset.pairs.count), note: "\(same) of the same person"))
    }
    if let survey {
      facts.append(.init("Size", NumberFormat.bytes.string(for: survey.byteCount), note: "of all pictures' files"))
      if let smallest = survey.smallest, let largest = survey.largest {
        let extents = smallest == largest ? "\(smallest) pixels" : "\(smallest) to \(largest) pixels"
        facts.append(.init("Pictures", extents))
      }
    }
    facts.append(.init("Orientation", dataset.orientation == .upright ? "upright, as EXIF says" : "as stored"))
    facts.append(.init("Folder", dataset.root))
    var blocks: [Block] = [.facts(FactList(facts))]
    blocks += SkippedFiles.blocks(problems, what: "in the folder cannot be used")
    if survey != nil {
      if let table = distribution.table(ClassNames(labels)) { blocks.append(.table(table)) }
      if let table = maskTable { blocks.append(.table(table)) }
    }
    return Document(title: "Dataset \(dataset.name)", blocks: blocks)
  }

  /// The thumbnails.
  public var gallery: ImageGrid? {
    let cards = Self.shown(of: dataset).map { sample in
      PictureCard(
        caption: sample.path, picture: pictures[sample.path],
        note: SampleNote.text(sample, ClassNames(labels)))
    }
    guard !cards.isEmpty else { return nil }
    let title = "\(cards.count) of \(dataset.samples.count) image\(dataset.samples.count == 1 ? "" : "s")"
    return ImageGrid(title: title, cards: cards, columnCount: 4)
  }

  /// Type, counts, folder and problems.
  public var data: DataValue {
    [
      "name": .string(dataset.name), "type": .string(Self.typeName(of: dataset)),
      "images": .integer(dataset.samples.count), "isAnnotated": .bool(dataset.isAnnotated),
      "orientation": .string(dataset.orientation.rawValue), "folder": .string(dataset.root),
      "problems": .array(problems.map { .string($0.description) }),
      "tasks": .array(dataset.tasks.map { .string($0.rawValue) }),
      "classes": ClassDistribution(of: dataset).data(ClassNames(labels)),
      "pairs": .integer(dataset.pairs.count), "augmented": .integer(dataset.samples.count { $0.alteration != nil }),
      "bytes": survey.map { DataValue.integer($0.byteCount) } ?? .null,
    ]
  }

  private var problems: [DatasetProblem] { dataset.problems + (survey?.problems ?? []) }

  /// How much of the masks each class takes; nil without masks.
  private var maskTable: Table? {
    guard let counts = survey?.maskPixelCounts, !counts.isEmpty else { return nil }
    let total = Double(counts.values.reduce(0, +))
    let classes = ClassNames(labels)
    let largest = Double(counts.values.max() ?? 1) / total
    return Table(
      title: "Classes in masks",
      columns: [
        Column(id: "class", title: "Class", kind: .category), Column(id: "pixels", title: "Pixels", kind: .integer),
        Column(
          id: "share", title: "Share", kind: .bar(.percent(), maximum: largest), help: "Of all pixels that count."),
      ],
      rows: counts.sorted { $0.key < $1.key }.map { index, count in
        Row([classes.cell(index), .integer(count), .number(Double(count) / total)])
      }, sort: [SortKey(columnID: "share", isDescending: true)], visibleRowCount: 15, noun: .init("class", "classes"))
  }
}
