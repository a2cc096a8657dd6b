public import Documents
public import Evaluation

/// Pictures with the predictions of a model, and of its parent where it has one, as bars.
public struct VisualizationReport: Report {
  /// One picture and what is said of it.
  public struct Item: Sendable {
    /// The path or name of the picture.
    public let path: String
    /// The scores of the model.
    public let scores: Scores
    /// The scores of its parent, if it has one.
    public let parentScores: Scores?

    /// A picture.
    public init(path: String, scores: Scores, parentScores: Scores?) {
      self.path = path
      self.scores = scores
      self.parentScores = parentScores
    }
  }

  /// The name of the model.
  public let model: String
  /// The name of its parent, if it has one.
  public let parent: String?
  /// The pictures.
  public let items: [Item]
  /// How many pictures there are that are not shown.
  public let hiddenCount: Int
  private let classes: ClassNames
  private let pictures: PictureShelf

  /// Makes a report of pictures that are on the shelf.
  public init(
    model: String, parent: String?, items: [Item], hiddenCount: Int = 0, classes: ClassNames, pictures: PictureShelf
  ) {
    self.model = model
    self.parent = parent
    self.items = items
    self.hiddenCount = hiddenCount
    self.classes = classes
    self.pictures = pictures
  }

  /// The gallery with a line that says whose predictions it shows.
  public var document: Document {
    let who = parent.map { "\(model) (optimized) and \($0) (parent)" } ?? model
    var blocks: [Block] = []
    if items.isEmpty { blocks.append(.paragraph("No image meets the condition.")) }
    if let gallery, !items.isEmpty { blocks.append(.gallery(gallery)) }
    if hiddenCount > 0 {
      blocks.append(
        .paragraph(
          RichText(
            "\(hiddenCount) more \(hiddenCount == 1 ? "image is" : "images are") not shown; raise top: to see more.")))
    }
    return Document(title: "Predictions of \(who)", blocks: blocks)
  }

  /// The pictures.
  public var gallery: ImageGrid? { ImageGrid(cards: items.map(card), columnCount: items.count == 1 ? 1 : 2) }

  /// One object for each picture.
  public var data: DataValue {
    .object([
      .init(key: "model", value: .string(model)), .init(key: "parent", value: parent.map(DataValue.string) ?? .null),
      .init(key: "images", value: .array(items.map(data))),
    ])
  }

  private func data(_ item: Item) -> DataValue {
    func list(_ scores: Scores) -> DataValue {
      .array(
        scores.top(5).map {
          [
            "class": .integer($0.classIndex), "name": classes.name($0.classIndex).map(DataValue.string) ?? .null,
            "confidence": .number(Double($0.score)),
          ]
        })
    }
    return [
      "image": .string(item.path), "predictions": list(item.scores),
      "parentPredictions": item.parentScores.map(list) ?? .null,
    ]
  }

  private func card(_ item: Item) -> PictureCard {
    if let parentScores = item.parentScores {
      return PredictionCard.make(
        path: item.path, pictures: pictures, classes: classes, optimized: item.scores, parent: parentScores)
    }
    return PredictionCard.make(
      path: item.path, pictures: pictures, classes: classes, title: model, scores: item.scores)
  }
}
