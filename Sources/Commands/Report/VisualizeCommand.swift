import CommandLanguage
import Datasets
import Evaluation
import Reports

/// `visualize`: pictures with the predictions of a model and of its parent.
enum VisualizeCommand: Command {
  private static let explainedClasses = 5

  static let signature = CommandSignature(
    "visualize", summary: "Shows a picture with the five most probable classes of a model and of its parent as bars.",
    discussion: """
      Give one picture behind the model, or a dataset with `on:` for a gallery. A model without a parent is shown alone;
      `only: errors`, and conditions on ranks, need one. `explain: true` shows what in one picture speaks for the
      most probable classes, at most five: parts of it are hidden at random, 2000 times unless `masks:` says otherwise (RISE).

      Of detectors there are the boxes with classes and scores, of segmenters the classes as tints with their names, of models
      that make pictures what they make; a parent's stand beside them.
      """, result: .result,
    positional: [
      ParameterSignature("model", .reference([.model]), "The model."),
      ParameterSignature(
        "picture",
        .either([
          .element, .filePath([.file(extension: "jpg"), .file(extension: "jpeg"), .file(extension: "png")]),
        ]), required: false, absent: "on: names a dataset", "One picture."),
    ],
    labels: [
      ParameterSignature("on", .reference([.dataset]), absent: "one picture is shown", "The dataset of a gallery."),
      ParameterSignature(
        "explain", .bool, default: "false", "Whether the parts of the picture that count are shown, for one picture."),
      ParameterSignature(
        "masks", .integer(10...100_000), default: "2000", "How many times parts of the picture are hidden."),
    ] + EvaluationOptions.detectionLabels(threshold: "0.5")
      + RowSelection<PredictionComparisonColumn>.labels(
        noun: "images", example: "rank > 0", errors: "images whose class differs from the parent's",
        top: ParameterSignature(
          "top", .integer(1...PictureShelf.limit), default: "12", "How many pictures a gallery has.")),
    examples: [
      CommandExample("visualize q photos[\"bird_001.jpg\"]", "one picture with both models' predictions"),
      CommandExample("visualize q on: photos only: errors", "the pictures whose class has changed"),
      CommandExample("visualize q on: photos sort: confidence top: 4", "the four most doubtful pictures"),
      CommandExample(
        "visualize q photos[\"bird_001.jpg\"] explain: true masks: 200", "what in the picture speaks for its classes"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let visualizer = try TaskVisualizer(model, arguments, in: context)
    if visualizer == nil { try model.requireClassifier(arguments) }
    switch (arguments.isGiven("picture"), arguments.isGiven("on")) {
    case (true, true):
      throw CommandFailure(
        "conflicting-arguments", "`visualize` takes one picture or `on:`, not both", at: arguments.span(of: "on"),
        help: "leave one of them out")
    case (false, false):
      throw CommandFailure(
        "missing-argument", "`visualize` needs a picture, or a dataset with `on:`", at: arguments.verbSpan,
        help: "for instance `visualize model photos[\"bird.jpg\"]`, or `visualize model on: photos`")
    case (true, false):
      if let visualizer { return .reporting(try visualizer.single(), as: .result) }
      if arguments.bool("explain") ?? false {
        return .reporting(try explanation(model, arguments, in: context), as: .result)
      }
      return .reporting(try single(model, arguments, in: context), as: .result)
    case (false, true):
      if let visualizer { return .reporting(try visualizer.gallery(), as: .result) }
      if arguments.bool("explain") ?? false {
        throw CommandFailure(
          "conflicting-arguments", "`explain:` is for one picture, and here is a dataset",
          at: arguments.span(of: "explain"),
          help: "name a picture, such as `visualize model photos[\"bird.jpg\"] explain: true`")
      }
      return .reporting(try gallery(model, arguments, in: context), as: .result)
    }
  }

  private static func single(
    _ model: Model, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> VisualizationReport {
    if let label = ["where", "only", "sort", "order", "top"].first(where: arguments.isGiven) {
      throw CommandFailure(
        "conflicting-arguments", "`\(label):` is for galleries, and here is one picture", at: arguments.span(of: label),
        help: "leave it out, or give a dataset with `on:`")
    }
    let source = try PredictionSource(arguments, "picture", in: context)
    guard case .picture(let path, let image, _) = source else {
      throw CommandFailure(.missing("picture", arguments))
    }
    let scores = try source.predictions(of: model, arguments, "picture", in: context)
    let parent = try model.parent.map { try source.predictions(of: $0, arguments, "picture", in: context) }
    let item = VisualizationReport.Item(
      path: path, scores: scores.scores(ofSample: 0), parentScores: parent?.scores(ofSample: 0))
    return VisualizationReport(
      model: model.name, parent: model.parent?.name, items: [item], classes: model.classes,
      pictures: PictureShelf(image, path: path))
  }

  private static func explanation(
    _ model: Model, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> ImportanceReport {
    let imageModel = try model.requireImageModel(arguments)
    let source = try PredictionSource(arguments, "picture", in: context)
    guard case .picture(let path, let image, _) = source else {
      throw CommandFailure(.missing("picture", arguments))
    }
    let scores = try source.predictions(of: model, arguments, "picture", in: context).scores(ofSample: 0)
    let run = ImportanceRun(maskCount: arguments.integer("masks") ?? 2000)
    let progress = context.beginProgress("Explaining \(path)")
    let (frame, maps) = try attempt(arguments, "picture") {
      let maps = try run.maps(
        of: imageModel, image, classes: classesToExplain(scores),
        isCancelled: context.isCancelled
      ) { progress.update($0, of: run.maskCount, "masks") }
      return (try imageModel.preprocessing.frame(image), maps)
    }
    progress.finish("\(run.maskCount) masks")
    return ImportanceReport(
      model: model.name, path: path, frame: frame, scores: scores, maps: maps, maskCount: run.maskCount,
      classes: model.classes)
  }

  /// The most probable classes; those without any probability to speak of would only show noise.
  private static func classesToExplain(_ scores: Scores) -> [Int] {
    let top = scores.top(explainedClasses)
    let notable = scores.areProbabilities ? top.filter { $0.score >= 0.01 } : top
    return (notable.isEmpty ? Array(top.prefix(1)) : notable).map(\.classIndex)
  }

  private static func gallery(
    _ model: Model, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> VisualizationReport {
    let loaded = try context.dataset(arguments, "on")
    let top = arguments.integer("top") ?? 12
    guard let parent = model.parent else { return try plainGallery(model, loaded, top, arguments, in: context) }
    let pair = try ModelPair(model, parent, on: loaded, arguments, in: context)
    let indices = RowSelection<PredictionComparisonColumn>.indices(
      arguments, of: pair.comparison.rows, model.classes, isError: \.isErroneous)
    let items = indices.prefix(top).map { index in
      VisualizationReport.Item(
        path: pair.comparison.rows[index].sample.path, scores: pair.optimized.scores(ofSample: index),
        parentScores: pair.parent.scores(ofSample: index))
    }
    let pictures = try PictureShelf(
      indices.prefix(top).map { pair.comparison.rows[$0].sample }, of: loaded.dataset, isCancelled: context.isCancelled)
    return VisualizationReport(
      model: model.name, parent: parent.name, items: items, hiddenCount: indices.count - items.count,
      classes: model.classes, pictures: pictures)
  }

  private static func plainGallery(
    _ model: Model, _ loaded: LoadedDataset, _ top: Int, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> VisualizationReport {
    if let label = ["only", "where", "sort", "order"].first(where: arguments.isGiven) {
      throw CommandFailure(
        "no-parent", "`\(model.name)` has no parent that its predictions could be compared with",
        at: arguments.span(of: label), help: "leave out `\(label):`, or use an INT8 model made by `calibrate`")
    }
    let predictions = try PredictionSource.dataset(loaded).predictions(of: model, arguments, "on", in: context)
    let shown = predictions.samples.prefix(top)
    let items = shown.indices.map { index in
      VisualizationReport.Item(
        path: predictions.samples[index].path, scores: predictions.scores(ofSample: index), parentScores: nil)
    }
    return VisualizationReport(
      model: model.name, parent: nil, items: items, hiddenCount: predictions.samples.count - items.count,
      classes: model.classes,
      pictures: try PictureShelf(Array(shown), of: loaded.dataset, isCancelled: context.isCancelled))
  }
}
