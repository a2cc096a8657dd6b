public import Documents

/// Pictures with what a model, and its parent where it has one, draw into them or make of them.
public struct TaskVisualizationReport: Report {
  /// One picture.
  public struct Item: Sendable {
    /// The path or name of the picture.
    public let path: String
    /// The picture with all that is drawn; nil where it cannot be shown.
    public let picture: Picture?
    /// What is there, in words.
    public let note: String
    /// What each model says, in plain data.
    public let data: DataValue

    /// A picture.
    public init(path: String, picture: Picture?, note: String, data: DataValue) {
      self.path = path
      self.picture = picture
      self.note = note
      self.data = data
    }
  }

  private let model: String
  private let parent: String?
  private let items: [Item]
  private let hiddenCount: Int
  private let legend: String
  private let edge: Int

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - hiddenCount: how many pictures there are that are not shown.
  ///   - legend: what the drawings mean, in sentences.
  ///   - edge: the longer edge of the pictures in CSS pixels.
  public init(model: String, parent: String?, items: [Item], hiddenCount: Int = 0, legend: String, edge: Int) {
    self.model = model
    self.parent = parent
    self.items = items
    self.hiddenCount = hiddenCount
    self.legend = legend
    self.edge = edge
  }

  /// The pictures with a line that says what they show.
  public var document: Document {
    let who = parent.map { "\(model) (optimized) and \($0) (parent)" } ?? model
    var blocks: [Block] = legend.isEmpty ? [] : [.paragraph(RichText(legend))]
    if let gallery { blocks.append(.gallery(gallery)) }
    if hiddenCount > 0 {
      blocks.append(
        .paragraph(
          RichText(
            "\(hiddenCount) more \(hiddenCount == 1 ? "image is" : "images are") not shown; raise top: to see more.")))
    }
    return Document(title: "Predictions of \(who)", blocks: blocks)
  }

  /// The pictures.
  public var gallery: ImageGrid? {
    let cards = items.map { item in
      PictureCard(
        caption: item.path, picture: item.picture, pictureDescription: "\(item.path): \(item.note)", pictureEdge: edge,
        note: item.note)
    }
    return cards.isEmpty ? nil : ImageGrid(cards: cards, columnCount: cards.count == 1 || edge > 450 ? 1 : 2)
  }

  /// One object for each picture.
  public var data: DataValue {
    .object([
      .init(key: "model", value: .string(model)), .init(key: "parent", value: parent.map(DataValue.string) ?? .null),
      .init(key: "images", value: .array(items.map(\.data))),
    ])
  }
}
