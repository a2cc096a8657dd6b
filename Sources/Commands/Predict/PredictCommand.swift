import CommandLanguage
import Datasets
import Evaluation
import Reports
import Tensors

/// `predict`: what a model says of pictures.
enum PredictCommand: Command {
  /// What can stand for pictures.
  static let pictures = ArgumentType.either([
    .reference([.dataset]), .element,
    .filePath([.file(extension: "jpg"), .file(extension: "jpeg"), .file(extension: "png")]),
  ])
  private static let shownPictures = 12

  static let signature = CommandSignature(
    "predict", summary: "Runs a model on a picture or a dataset and shows the most probable classes.",
    discussion: """
      Confidences are the model's scores as they come out of the network; nothing is added. `save:` writes them all as
      float32 of shape [images, classes], in the dataset's order, which is by file name, bytewise. Pictures that cannot
      be read are left out and named.
      """, result: .result,
    positional: [ParameterSignature("model", .reference([.model]), "The model.")],
    labels: [
      ParameterSignature("on", pictures, required: true, "A dataset, one of its pictures, or a picture file."),
      ParameterSignature("top", .integer(1...100), default: "1", "How many classes are shown for each picture."),
      ParameterSignature(
        "save", .filePath([.file(extension: "npy")]), absent: "nothing is written",
        "A NumPy file that all scores are written to."),
    ],
    examples: [
      CommandExample("predict m on: photos", "the class of every picture"),
      CommandExample("predict m on: photos[\"bird_001.jpg\"] top: 5", "the five most probable classes of one picture"),
      CommandExample("predict m on: photos save: \"scores.npy\"", "all scores as a NumPy file"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let imageModel = try model.requireImageModel(arguments)
    let source = try PredictionSource(arguments, "on", in: context)
    let predictions = try source.predictions(of: model, arguments, "on", in: context)
    let saved = try save(predictions, arguments, in: context)
    let report = PredictionReport(
      model: model.name, dataset: source.title, predictions: predictions, isClassifier: imageModel.isClassifier,
      classes: model.classes, top: min(arguments.integer("top") ?? 1, predictions.outputCount), savedPath: saved,
      pictures: try shelf(for: source, isCancelled: context.isCancelled))
    return .reporting(report, as: .result)
  }

  private static func save(
    _ predictions: Predictions, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> String? {
    guard let path = arguments.string("save") else { return nil }
    try attempt(arguments, "save") {
      let shape = try Shape([predictions.samples.count, predictions.outputCount])
      try NumPyArray.write(Tensor(shape: shape, predictions.values), path: context.session.path(path))
    }
    return path
  }

  private static func shelf(for source: PredictionSource, isCancelled: () -> Bool) throws -> PictureShelf {
    switch source {
    case .picture(let path, let image, _): return PictureShelf(image, path: path)
    case .dataset(let loaded):
      guard loaded.dataset.samples.count <= shownPictures else { return PictureShelf() }
      return try PictureShelf(loaded.dataset.samples, of: loaded.dataset, isCancelled: isCancelled)
    }
  }
}
