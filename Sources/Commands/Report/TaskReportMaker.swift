import CommandLanguage
import Datasets
import Documents
import Evaluation
import Reports
import Workspaces

/// Makes the reports on detectors and segmenters.
struct TaskReportMaker {
  let model: Model
  let head: any OutputHead
  let loaded: LoadedDataset
  let arguments: BoundCommand
  let context: CommandContext
  private let mapping: ClassMapping
  private let options: DetectionOptions

  /// A maker for a model whose outputs are boxes or masks; nil for a classifier.
  ///
  /// - Throws: `CommandFailure` for models of which no such report can be made.
  init?(_ model: Model, on loaded: LoadedDataset, _ arguments: BoundCommand, in context: CommandContext) throws {
    _ = try model.requireImageModel(arguments)
    guard let head = model.head, head.task != .classification else {
      try TaskReportLabels.checkClassifier(arguments)
      return nil
    }
    guard head.task == .objectDetection || head.task == .semanticSegmentation else {
      throw CommandFailure(
        "not-available", "there is no such report on a model for \(head.task.rawValue)",
        at: arguments.span(of: "model"),
        help: "use `evaluate` for its accuracy, or `report distance` for what quantization changes")
    }
    if head.task == .semanticSegmentation { try TaskReportLabels.checkSegmenter(arguments) }
    self.model = model
    self.head = head
    self.loaded = loaded
    self.arguments = arguments
    self.context = context
    mapping = TaskPictures.mapping(model, head, loaded, arguments)
    var options = DetectionOptions(arguments)
    options.threshold = arguments.number("threshold") ?? 0.5
    self.options = options
  }

  /// What the model says beside the annotations.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  func accuracy() throws -> CommandOutcome {
    try requireAnnotations()
    let predictions = try predictions(model)
    let subject = subject(.annotations)
    if head.task == .objectDetection {
      let comparison = DetectionComparison(
        predictions, mapping: mapping, overlap: arguments.number("overlap") ?? 0.5)
      return .reporting(try report(comparison, subject), as: .report)
    }
    let evaluation = try TaskPictures.segmentation(
      predictions, of: model, head, mapping, loaded, arguments, in: context)
    let report = try report(
      SegmentationComparison(evaluation), evaluation.figures[0], subject, annotatedMasks(predictions))
    let figures = evaluation.figures.compactMap(FigureRecord.init)
    return .reporting(report, as: .report, findings: [ModelFinding(model, on: loaded, figures: figures)])
  }

  /// What the model says beside its parent.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  func predictions(beside parent: Model) throws -> CommandOutcome {
    let theirs = try predictions(parent)
    let ours = try predictions(model)
    let subject = subject(.parent(parent.name))
    if head.task == .objectDetection {
      let comparison = DetectionComparison(
        ours, parent: theirs, mapping: mapping, overlap: arguments.number("overlap") ?? 0.5)
      return .reporting(try report(comparison, subject), as: .report)
    }
    let comparison = try attempt(arguments, "model") {
      try SegmentationComparison(
        ours, parent: theirs, mapping: mapping, classCount: SegmentationClasses.count(head, mapping, loaded))
    }
    let figure = AccuracyFigure(
      "mean IoU", comparison.confusion.meanIntersectionOverUnion, count: comparison.rows.count)
    return .reporting(
      try report(comparison, figure, subject, parentMasks(ours, theirs, parent.name)), as: .report)
  }

  private func predictions(_ model: Model) throws -> TaskPredictions {
    try TaskPictures.predictions(
      of: model, model.head ?? head, on: loaded, options: options, arguments, in: context)
  }

  private func subject(_ reference: TaskReference) -> TaskReportSubject {
    .init(
      model: model.name, dataset: loaded.dataset.name, reference: reference,
      view: arguments.choice("view") == "advanced" ? .advanced : .basic, note: mapping.note,
      classes: TaskPictures.names(model, mapping, loaded, head))
  }

  private func report(
    _ comparison: DetectionComparison, _ subject: TaskReportSubject
  ) throws -> DetectionReport {
    typealias Selection = RowSelection<DetectionColumn>
    try Selection.check(arguments)
    let rows = subject.view == .basic ? comparison.rows : comparison.classRows
    let all = Selection.indices(arguments, of: rows, subject.classes, isError: \.isErroneous)
    let selection = Array(all.prefix(arguments.integer("top") ?? all.count))
    let flagged = selection.filter { rows[$0].isErroneous } + selection.filter { !rows[$0].isErroneous }
    let (scenes, classes) = (comparison.scenes, subject.classes)
    let pictures = try shelf(flagged.map { rows[$0].sample }) { sample, image, edge in
      guard let scene = scenes[sample.path] else { return nil }
      return TaskArtist.boxes(image, detections: scene.detections, objects: scene.objects, classes, edge: edge)
    }
    return DetectionReport(
      subject, comparison: comparison, threshold: options.threshold, selection: selection,
      selectionText: Selection.text(selection.count, of: rows.count, subject.view == .basic ? "images" : "rows"),
      order: Selection.order(arguments), pictures: pictures)
  }

  private func report(
    _ comparison: SegmentationComparison, _ figure: AccuracyFigure, _ subject: TaskReportSubject,
    _ artist: @escaping PictureShelf.Artist
  ) throws -> SegmentationReport {
    typealias Selection = RowSelection<SegmentationColumn>
    try Selection.check(arguments)
    let rows = subject.view == .basic ? comparison.rows : comparison.classRows
    let all = Selection.indices(arguments, of: rows, subject.classes, isError: \.isErroneous)
    let selection = Array(all.prefix(arguments.integer("top") ?? all.count))
    let worst = selection.sorted { (rows[$0].result ?? 2, $0) < (rows[$1].result ?? 2, $1) }
    return SegmentationReport(
      subject, comparison: comparison, figure: figure, selection: selection,
      selectionText: Selection.text(selection.count, of: rows.count, subject.view == .basic ? "images" : "rows"),
      order: Selection.order(arguments), pictures: try shelf(worst.map { rows[$0].sample }, artist))
  }

  private func shelf(_ samples: [Sample], _ artist: @escaping PictureShelf.Artist) throws -> PictureShelf {
    var seen: Set<String> = []
    let progress = context.beginProgress("Drawing pictures")
    defer { progress.finish() }
    return try PictureShelf(
      samples.filter { seen.insert($0.path).inserted }, of: loaded.dataset, artist: artist,
      isCancelled: context.isCancelled)
  }

  /// Draws the model's mask beside the annotated one.
  private func annotatedMasks(_ predictions: TaskPredictions) throws -> PictureShelf.Artist {
    let items = Dictionary(zip(predictions.samples.map(\.path), predictions.items)) { first, _ in first }
    let (dataset, mapping, name) = (loaded.dataset, mapping, model.name)
    let preprocessing = try model.requireImageModel(arguments).preprocessing
    let classes = TaskPictures.names(model, mapping, loaded, head)
    return { sample, image, edge in
      guard let item = items[sample.path],
        let pair = try? MaskPair(sample, item, of: dataset, mapping, preprocessing),
        let ours = TaskArtist.mask(image, classes: pair.predicted, size: pair.size, classes, edge: edge),
        let theirs = TaskArtist.mask(image, classes: pair.expected, size: pair.size, classes, edge: edge)
      else { return nil }
      return try? Picture.sideBySide([(name, ours), ("annotations", theirs)])
    }
  }

  /// Draws the model's mask beside its parent's.
  private func parentMasks(
    _ ours: TaskPredictions, _ theirs: TaskPredictions, _ parent: String
  ) throws -> PictureShelf.Artist {
    func items(_ predictions: TaskPredictions) -> [String: TaskPredictions.Item] {
      Dictionary(zip(predictions.samples.map(\.path), predictions.items)) { first, _ in first }
    }
    let (ours, theirs, name) = (items(ours), items(theirs), model.name)
    let preprocessing = try model.requireImageModel(arguments).preprocessing
    let (mapping, classes) = (mapping, TaskPictures.names(model, mapping, loaded, head))
    return { sample, image, edge in
      let view = preprocessing.view(of: image.size)
      func drawn(_ item: TaskPredictions.Item?) -> Picture? {
        guard let map = item?.classes else { return nil }
        return TaskArtist.mask(
          image, classes: mapping.annotated(map, over: view), size: image.size, classes, edge: edge)
      }
      guard let first = drawn(ours[sample.path]), let second = drawn(theirs[sample.path]) else { return nil }
      return try? Picture.sideBySide([(name, first), (parent, second)])
    }
  }

  private func requireAnnotations() throws {
    guard !loaded.dataset.tasks.contains(head.task) else { return }
    let name = arguments.reference("on")?.name ?? "it"
    let instead =
      model.parent == nil
      ? ""
      : ", or compare with the parent: `report predictions \(arguments.reference("model")?.name ?? "q") on: \(name)`"
    throw CommandFailure(
      "not-annotated", "`\(model.name)` is made for \(head.task.rawValue), and `\(name)` has no annotations for that",
      at: arguments.span(of: "on"),
      help: "import a dataset with annotations for \(head.task.rawValue); `help dataset` lists the formats\(instead)")
  }
}
