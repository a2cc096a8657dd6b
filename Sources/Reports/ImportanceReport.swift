public import Datasets
public import Documents
public import Evaluation

/// A picture with what in it speaks for the most probable classes of a model.
public struct ImportanceReport: Report {
  /// The name of the model.
  public let model: String
  /// The path or name of the picture.
  public let path: String
  /// One map for each class, the most probable first.
  public let maps: [ImportanceMap]
  /// How many masks were tried.
  public let maskCount: Int
  private let frame: Image
  private let scores: Scores
  private let classes: ClassNames

  /// Makes a report.
  ///
  /// - Parameter frame: the part of the picture that the model sees, of the size of the maps.
  public init(
    model: String, path: String, frame: Image, scores: Scores, maps: [ImportanceMap], maskCount: Int,
    classes: ClassNames
  ) {
    self.model = model
    self.path = path
    self.frame = frame
    self.scores = scores
    self.maps = maps
    self.maskCount = maskCount
    self.classes = classes
  }

  /// The picture, its maps, and how to read them.
  public var document: Document {
    var blocks: [Block] = []
    if let gallery { blocks.append(.gallery(gallery)) }
    blocks.append(
      .paragraph(
        RichText(
          "Orange is what speaks most for the class, grey what does not matter: parts of the picture were hidden "
            + "at random \(NumberFormat.integer.string(for: maskCount)) times (RISE).")))
    return Document(title: "What \(model) looks at", subtitle: RichText(path), blocks: blocks)
  }

  /// The picture as the model sees it, and one picture for each class.
  public var gallery: ImageGrid? {
    var cards = [
      PictureCard(
        caption: path, picture: Picture(frame, fitting: 224), pictureDescription: "\(path) as the model sees it",
        note: "as the model sees it")
    ]
    cards += maps.map { map in
      let score = Double(scores.score(of: map.classIndex))
      let confidence = (scores.areProbabilities ? NumberFormat.probability : .significant(3)).string(for: score)
      let place = Self.place(of: map)
      return PictureCard(
        caption: classes.text(map.classIndex), picture: overlay(map),
        pictureDescription: "Importance map of \(classes.text(map.classIndex)): strongest at the \(place)",
        note: "confidence \(confidence); strongest at the \(place)")
    }
    return ImageGrid(cards: cards, columnCount: min(cards.count, 3))
  }

  /// The classes with their confidence and where their importance is highest, on a grid of 3 x 3.
  public var data: DataValue {
    [
      "model": .string(model), "image": .string(path), "masks": .integer(maskCount),
      "classes": .array(
        maps.map {
          [
            "class": .integer($0.classIndex), "name": classes.name($0.classIndex).map(DataValue.string) ?? .null,
            "confidence": .number(Double(scores.score(of: $0.classIndex))), "strongest": .string(Self.place(of: $0)),
          ]
        }),
    ]
  }

  /// Where a map is strongest, in words.
  static func place(of map: ImportanceMap) -> String {
    let (column, row) = map.mostImportantCell(columns: 3, rows: 3)
    if column == 1, row == 1 { return "centre" }
    return [["top", "", "bottom"][row], ["left", "", "right"][column]].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The picture in grey, and the more orange the more important a pixel is.
  private func overlay(_ map: ImportanceMap) -> Picture? {
    guard map.values.count * 3 == frame.pixels.count else { return nil }
    let tint: [Float] = [240, 100, 10]
    var pixels = frame.pixels
    for (index, value) in map.values.enumerated() {
      let (red, green, blue) = (
        Float(pixels[index * 3]), Float(pixels[index * 3 + 1]), Float(pixels[index * 3 + 2])
      )
      let grey = 0.299 * red + 0.587 * green + 0.114 * blue
      let weight = value * value * 0.75
      for channel in 0..<3 {
        pixels[index * 3 + channel] = UInt8(min(max(grey * 0.85 * (1 - weight) + tint[channel] * weight, 0), 255))
      }
    }
    return (try? Image(size: frame.size, pixels: pixels)).flatMap { Picture($0, fitting: 224) }
  }
}
