public import Datasets
public import Documents

/// What is in a dataset, with small pictures of its first samples.
public struct DatasetReport: Report {
  /// How many pictures are shown.
  public static let shownCount = 12

  /// The dataset.
  public let dataset: Dataset
  private let labels: Labels?
  private let pictures: PictureShelf

  /// Makes a report; the pictures of the first samples should be on the shelf.
  public init(_ dataset: Dataset, labels: Labels?, pictures: PictureShelf) {
    self.dataset = dataset
    self.labels = labels
    self.pictures = pictures
  }

  /// The samples whose pictures are shown: evenly spread over the dataset.
  public static func shown(of dataset: Dataset) -> [Sample] {
    let count = min(shownCount, dataset.samples.count)
    return (0..<count).map { dataset.samples[$0 * dataset.samples.count / count] }
  }

  /// The type as people name it.
  public static func typeName(of dataset: Dataset) -> String {
    switch dataset.format {
    case ImageNetDataset.name: "ImageNet"
    case NotAnnotatedDataset.name: "Not Annotated"
    default: dataset.format
    }
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
    if dataset.isAnnotated {
      let classes = Set(dataset.samples.compactMap(\.classIndex)).count
      facts.append(.init("Annotated classes", NumberFormat.integer.string(for: classes)))
    }
    facts.append(.init("Orientation", dataset.orientation == .upright ? "upright, as EXIF says" : "as stored"))
    facts.append(.init("Folder", dataset.root))
    var blocks: [Block] = [.facts(FactList(facts))]
    blocks += SkippedFiles.blocks(dataset.problems, what: "in the folder cannot be used")
    return Document(title: "Dataset \(dataset.name)", blocks: blocks)
  }

  /// The thumbnails.
  public var gallery: ImageGrid? {
    let cards = Self.shown(of: dataset).map { sample in
      PictureCard(
        caption: sample.path, picture: pictures[sample.path],
        note: sample.classIndex.map { index in
          "annotated as \(labels?[index].map { "\(index) \($0)" } ?? "class \(index)")"
        } ?? "")
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
      "problems": .array(dataset.problems.map { .string($0.description) }),
    ]
  }
}
