import CommandLanguage
import Datasets
import Evaluation

/// Statements that load again what is loaded.
enum LoadStatement {
  /// The statement that loads a model from files in another place, with everything that its pictures need.
  ///
  /// - Parameters:
  ///   - name: the name that is assigned.
  ///   - path: the file that describes the network.
  ///   - weights: the second file, if the format has one.
  ///   - labels: the file of the labels, if there are any.
  static func of(
    _ model: Model, as name: String, path: String, weights: String?, labels: String?
  ) -> String {
    var words = ["\(name) = load \(path.quotedForSource)"]
    if let weights { words.append("weights: \(weights.quotedForSource)") }
    if let labels { words.append("labels: \(labels.quotedForSource)") }
    if let task = model.head?.task, task != .classification, let word = TaskWord.word(task) {
      words.append("task: \(word)")
    }
    if let preprocessing = model.preprocessing { words += arguments(preprocessing) }
    return words.joined(separator: " ")
  }

  /// The statement that opens a dataset in another place.
  static func of(_ dataset: Dataset, as name: String, path: String) -> String {
    "\(name) = dataset \(path.quotedForSource) format: \(dataset.format) orientation: \(dataset.orientation.rawValue)"
  }

  private static func arguments(_ preprocessing: Preprocessing) -> [String] {
    func list(_ values: [Float]) -> String { "[" + values.map(\.description).joined(separator: ", ") + "]" }
    func size(_ size: ImageSize) -> String { "\(size.width)x\(size.height)" }
    var words = [
      "mean: \(list(preprocessing.mean))", "scale: \(list(preprocessing.scale))",
      "channels: \(preprocessing.channels.rawValue)", "layout: \(preprocessing.layout.rawValue)",
      "crop: \(size(preprocessing.crop))",
    ]
    switch preprocessing.resize {
    case .shorterSide(let side): words.append("resize: \(side)")
    case .stretch(let target): words.append("resize: \(size(target))")
    case nil: break
    }
    return words
  }
}
