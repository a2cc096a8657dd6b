import Datasets
public import Documents
public import Evaluation

/// What one model says of the pictures of a dataset.
public struct PredictionReport: Report {
  /// The name of the model.
  public let model: String
  /// The name of the dataset or picture.
  public let dataset: String
  /// What the model said.
  public let predictions: Predictions
  /// The file that the numbers were written to, if any.
  public let savedPath: String?
  private let classes: ClassNames
  private let isClassifier: Bool
  private let top: Int
  private let pictures: PictureShelf

  /// Makes a report with the `top` highest classes of each picture; of other models than classifiers, with the shape of
  /// the outputs only.
  public init(
    model: String, dataset: String, predictions: Predictions, isClassifier: Bool, classes: ClassNames, top: Int,
    savedPath: String? = nil, pictures: PictureShelf = PictureShelf()
  ) {
    self.model = model
    self.dataset = dataset
    self.predictions = predictions
    self.isClassifier = isClassifier
    self.classes = classes
    self.top = top
    self.savedPath = savedPath
    self.pictures = pictures
  }

  /// The predictions as a table, one row for each picture.
  public var document: Document {
    var facts = [
      FactList.Fact("Images", NumberFormat.integer.string(for: predictions.samples.count)),
      FactList.Fact(
        isClassifier ? "Classes" : "Numbers for each image", NumberFormat.integer.string(for: predictions.outputCount)),
    ]
    if let savedPath {
      facts.append(
        .init("Saved to", savedPath, note: "float32 [\(predictions.samples.count), \(predictions.outputCount)]"))
    }
    var blocks: [Block] = [.facts(FactList(facts))]
    blocks += SkippedFiles.blocks(predictions.skipped)
    if isClassifier { blocks.append(.table(table)) }
    return Document(title: "Predictions of \(model)", subtitle: "on \(dataset)", blocks: blocks)
  }

  /// Counts, and `columns` and `rows` of the table.
  public var data: DataValue {
    let members: [DataValue.Member] = [
      .init(key: "model", value: .string(model)), .init(key: "dataset", value: .string(dataset)),
      .init(key: "images", value: .integer(predictions.samples.count)),
      .init(key: "skipped", value: .array(predictions.skipped.map { .string($0.description) })),
      .init(key: "outputs", value: .integer(predictions.outputCount)),
      .init(key: "saved", value: savedPath.map(DataValue.string) ?? .null),
    ]
    return .object(members + (isClassifier ? DataValue.columnsAndRows(of: table) : []))
  }

  /// The pictures with their predictions, where few are asked for.
  public var gallery: ImageGrid? {
    let cards = predictions.samples.indices.prefix(24).filter { pictures[predictions.samples[$0].path] != nil }
    return cards.isEmpty ? nil : ImageGrid(cards: cards.map(card))
  }

  private var table: Table {
    let isAnnotated = predictions.samples.contains { $0.classIndex != nil }
    var columns = [Column(id: "image", title: "Image Name")]
    if isAnnotated {
      columns.append(
        Column(id: "annotation", title: "Annotated Class", kind: .integer, help: "The class number in the dataset."))
    }
    for place in 0..<top {
      let suffix = top == 1 ? "" : " \(place + 1)"
      let idSuffix = place == 0 ? "" : "_\(place + 1)"
      columns.append(Column(id: "class" + idSuffix, title: "Predicted Class" + suffix, kind: .category))
      columns.append(
        Column(
          id: "confidence" + idSuffix, title: "Confidence" + suffix, kind: .number(.probability),
          help: place == 0 ? "The model's score of the class as it comes out of the network." : ""))
    }
    let rows = predictions.samples.indices.map { index in
      let sample = predictions.samples[index]
      var cells: [Cell] = [.text(sample.path)]
      if isAnnotated { cells.append(sample.classIndex.map(Cell.integer) ?? .missing) }
      for entry in predictions.scores(ofSample: index).top(top) {
        cells += [classes.cell(entry.classIndex), .number(Double(entry.score))]
      }
      return Row(cells, details: pictures[sample.path] == nil ? nil : card(index))
    }
    return Table(columns: columns, rows: rows, noun: .init("image", "images"))
  }

  private func card(_ index: Int) -> PictureCard {
    PredictionCard.make(
      path: predictions.samples[index].path, pictures: pictures, classes: classes,
      title: model, scores: predictions.scores(ofSample: index), count: max(top, 5))
  }
}
