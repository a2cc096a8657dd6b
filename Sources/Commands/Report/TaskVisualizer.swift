import CommandLanguage
import Datasets
import Documents
import Evaluation
import Reports

/// Shows pictures with the boxes, masks, points or pictures that models make of them.
struct TaskVisualizer {
  private static let galleryEdge = 320
  private static let singleEdge = 448

  let model: Model
  let head: any OutputHead
  let arguments: BoundCommand
  let context: CommandContext
  private let options: DetectionOptions

  /// A visualizer for a model that is no classifier; nil for a classifier.
  ///
  /// - Throws: `CommandFailure` where something was said that has no meaning for such a model.
  init?(_ model: Model, _ arguments: BoundCommand, in context: CommandContext) throws {
    _ = try model.requireImageModel(arguments)
    guard let head = model.head, head.task != .classification else {
      try refuse(["threshold", "suppress", "limit"], "a classifier", arguments)
      return nil
    }
    try refuse(["explain", "masks"], "a model for \(head.task.rawValue)", arguments)
    try refuse(["where", "only", "sort", "order"], "galleries of a model for \(head.task.rawValue)", arguments)
    if head.task != .objectDetection {
      try refuse(["threshold", "suppress", "limit"], "a model for \(head.task.rawValue)", arguments)
    }
    if head.task == .faceRecognition {
      throw CommandFailure(
        "not-available", "numbers that tell people apart cannot be drawn", at: arguments.span(of: "model"),
        help: "use `evaluate`")
    }
    self.model = model
    self.head = head
    self.arguments = arguments
    self.context = context
    var options = DetectionOptions(arguments)
    options.threshold = arguments.number("threshold") ?? 0.5
    self.options = options
  }

  /// One picture.
  ///
  /// - Throws: `CommandFailure`.
  func single() throws -> TaskVisualizationReport {
    if arguments.isGiven("top") {
      throw CommandFailure(
        "conflicting-arguments", "`top:` is for galleries, and here is one picture", at: arguments.span(of: "top"),
        help: "leave it out, or give a dataset with `on:`")
    }
    guard case .picture(let path, let image, _) = try PredictionSource(arguments, "picture", in: context) else {
      throw CommandFailure(.missing("picture", arguments))
    }
    let ours = try prediction(of: model, image)
    let theirs = try model.parent.map { try prediction(of: $0, image) }
    return report([item(path, image, ours, theirs, edge: Self.singleEdge)], edge: Self.singleEdge)
  }

  /// The first pictures of a dataset.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  func gallery() throws -> TaskVisualizationReport {
    let loaded = try context.dataset(arguments, "on")
    let shown = Array(loaded.dataset.samples.prefix(arguments.integer("top") ?? 12))
    let progress = context.beginProgress("Drawing pictures")
    let items = try shown.enumerated().compactMap { index, sample -> TaskVisualizationReport.Item? in
      if context.isCancelled() { throw CancellationError() }
      progress.update(index, of: shown.count, "images")
      guard let image = try? loaded.dataset.load(sample) else { return nil }
      let ours = try prediction(of: model, image)
      let theirs = try model.parent.map { try prediction(of: $0, image) }
      return item(sample.path, image, ours, theirs, edge: Self.galleryEdge)
    }
    progress.finish("\(shown.count) images")
    return report(items, hiddenCount: loaded.dataset.samples.count - shown.count, edge: Self.galleryEdge)
  }

  private func prediction(of model: Model, _ image: Image) throws -> TaskPredictions.Item {
    let imageModel = try model.requireImageModel(arguments)
    return try attempt(arguments, arguments.isGiven("picture") ? "picture" : "on") {
      try TaskRun(imageModel, head: model.head ?? head, options: options).predict(image)
    }
  }

  private func report(
    _ items: [TaskVisualizationReport.Item], hiddenCount: Int = 0, edge: Int
  ) -> TaskVisualizationReport {
    let isDouble = model.parent != nil || head.task == .superResolution || head.task == .styleTransfer
    let threshold = NumberFormat.exact.string(for: options.threshold)
    let legend =
      switch head.task {
      case .objectDetection: "Boxes with scores of \(threshold) or more; threshold: sets another limit."
      case .semanticSegmentation: "The tint of a pixel is its class, whose name stands in its middle; class 0 has none."
      case .landmarkDetection: "Points are numbered in the order of the output."
      default: ""
      }
    return TaskVisualizationReport(
      model: model.name, parent: model.parent?.name, items: items, hiddenCount: hiddenCount, legend: legend,
      edge: isDouble ? edge * 2 : edge)
  }

  private func item(
    _ path: String, _ image: Image, _ ours: TaskPredictions.Item, _ theirs: TaskPredictions.Item?, edge: Int
  ) -> TaskVisualizationReport.Item {
    var drawn: [(title: String, picture: Picture)] = []
    if ours.picture != nil, let small = TaskArtist.plain(image, edge: edge) { drawn.append(("input", small)) }
    if let picture = draw(ours, image, edge) { drawn.append((model.name, picture)) }
    if let theirs, let parent = model.parent, let picture = draw(theirs, image, edge) {
      drawn.append((parent.name, picture))
    }
    let picture = drawn.count == 1 ? drawn[0].picture : try? Picture.sideBySide(drawn)
    var notes = [words(ours)]
    if let theirs, let parent = model.parent {
      notes = ["\(model.name): \(notes[0])", "\(parent.name): \(words(theirs))"]
    }
    return .init(
      path: path, picture: drawn.isEmpty ? nil : picture, note: notes.filter { !$0.isEmpty }.joined(separator: ". "),
      data: [
        "image": .string(path), "predictions": data(ours), "parentPredictions": theirs.map(data) ?? .null,
      ])
  }

  private func draw(_ item: TaskPredictions.Item, _ image: Image, _ edge: Int) -> Picture? {
    switch item.prediction {
    case .detections(let found): return TaskArtist.boxes(image, detections: found, model.classes, edge: edge)
    case .classes(let map):
      guard let preprocessing = model.preprocessing else { return nil }
      let classes = map.spread(over: preprocessing.view(of: image.size))
      return TaskArtist.mask(image, classes: classes, size: image.size, model.classes, edge: edge)
    case .picture(let picture): return TaskArtist.plain(picture, edge: edge)
    case .landmarks(let points): return TaskArtist.points(image, points, edge: edge)
    case .scores, .embedding: return nil
    }
  }

  /// What is there, in a few words.
  private func words(_ item: TaskPredictions.Item) -> String {
    switch item.prediction {
    case .detections(let found):
      let names = found.prefix(8).map {
        "\(model.classes.text($0.classIndex)) \(NumberFormat.probability.string(for: $0.score))"
      }
      let more = found.count - names.count
      return names.isEmpty ? "nothing found" : names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    case .classes(let map):
      var counts: [Int: Int] = [:]
      for run in map.runs { counts[run.classIndex, default: 0] += run.length }
      let total = Double(max(counts.values.reduce(0, +), 1))
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(6).map {
        "\(model.classes.text($0.key)) \(NumberFormat.percent(decimals: 0).string(for: Double($0.value) / total))"
      }.joined(separator: ", ")
    case .picture(let picture): return "\(picture.size) pixels"
    case .landmarks(let points): return "\(points.count) points"
    case .scores, .embedding: return ""
    }
  }

  private func data(_ item: TaskPredictions.Item) -> DataValue {
    switch item.prediction {
    case .detections(let found):
      return .array(
        found.map { detection in
          [
            "class": .integer(detection.classIndex),
            "name": model.classes.name(detection.classIndex).map(DataValue.string) ?? .null,
            "confidence": .number(detection.score),
            "box": .array(
              [detection.box.left, detection.box.top, detection.box.right, detection.box.bottom].map(DataValue.number)),
          ]
        })
    case .classes(let map):
      var counts: [Int: Int] = [:]
      for run in map.runs { counts[run.classIndex, default: 0] += run.length }
      return .array(
        counts.sorted { $0.key < $1.key }.map { ["class": .integer($0.key), "pixels": .integer($0.value)] })
    case .picture(let picture): return ["width": .integer(picture.width), "height": .integer(picture.height)]
    case .landmarks(let points): return .array(points.map { .array([.number($0.x), .number($0.y)]) })
    case .scores, .embedding: return .null
    }
  }
}

/// - Throws: `CommandFailure` where one of some labels was given.
private func refuse(_ labels: [String], _ what: String, _ arguments: BoundCommand) throws {
  guard let label = labels.first(where: arguments.isGiven) else { return }
  throw CommandFailure(
    "unused-argument", "`\(label):` has no meaning for \(what)", at: arguments.span(of: label), help: "leave it out")
}
