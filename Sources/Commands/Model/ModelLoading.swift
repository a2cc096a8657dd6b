import CommandLanguage
import Datasets
import Evaluation
import FoundationEssentials
import Graphs
import ModelFormats
import Tensors

/// Makes a model of what `load` was told.
enum ModelLoading {
  /// What is to be loaded.
  struct Request: Sendable {
    var path: String
    var companionPath: String?
    var labelsPath: String?
    var shape: [Int]?
    var options = PreprocessingOptions()
    var task: VisionTask?
  }

  private static let preprocessingLabels = ["mean", "scale", "channels", "resize", "crop", "layout"]

  static func load(_ request: Request, _ arguments: BoundCommand) throws -> Model {
    let imported = try importModel(request, arguments)
    let file = arguments.isGiven("file") ? "file" : "example"
    let graph = try attempt(arguments, file) { try canonical(imported.graph) }
    let named = try labels(request.labelsPath, arguments)
    let (preprocessing, head) = try pictures(for: graph, request, nameCount: named?.count, arguments)
    let labels = try checked(named, request.labelsPath, for: graph, head, arguments)
    let version = [imported.opset.map { "opset \($0)" }, imported.producer].compactMap { $0 }
    let source = Model.Source(
      path: request.path, companionPath: request.companionPath,
      format: ([imported.format] + version).joined(separator: ", "), byteCount: byteCount(of: request),
      digest: FileDigest.ofFile(request.path) ?? "", notes: imported.notes)
    return Model(
      name: stem(of: request.path), source: source, graph: graph, preprocessing: preprocessing, labels: labels,
      head: head)
  }

  /// The weights that belong to an OpenVINO network by their name, if they are there.
  static func companion(beside path: String) -> String? {
    guard path.lowercased().hasSuffix(".xml") else { return nil }
    let weights = path.dropLast(4) + ".bin"
    return FileStatus(path: String(weights)).map { $0.byteCount > 0 } ?? false ? String(weights) : nil
  }

  /// The bytes of all files of a model; those that cannot be read count as none.
  static func byteCount(of request: Request) -> Int {
    let paths = [request.path] + (request.companionPath.map { [$0] } ?? [])
    return paths.compactMap { FileStatus(path: $0)?.byteCount }.reduce(0, +)
  }

  private static func importModel(_ request: Request, _ arguments: BoundCommand) throws -> ImportedModel {
    do {
      return try ModelFormatCatalog.load(
        path: request.path, companion: request.companionPath, options: ImportOptions(shape: request.shape))
    } catch {
      let isAboutWeights =
        error.file != nil && error.file == request.companionPath || error.code == .mismatchedWeights
        || (error.code == .wrongCompanion && request.companionPath != nil)
      let name =
        isAboutWeights && arguments.isGiven("weights")
        ? "weights" : error.code == .unknownShape && arguments.isGiven("shape") ? "shape" : "file"
      throw CommandFailure(
        Diagnostic(error, at: arguments.span(of: arguments.isGiven(name) ? name : "example")))
    }
  }

  /// The graph after all passes, at batch 1 where its batch can be changed.
  private static func canonical(_ imported: Graph) throws -> Graph {
    var graph = imported
    try PassPipeline.canonical.run(&graph)
    return (try? graph.settingBatchSize(1)) ?? graph
  }

  private static func preprocessing(
    for graph: Graph, _ options: PreprocessingOptions, _ arguments: BoundCommand
  ) throws -> Preprocessing? {
    let given = preprocessingLabels.filter(arguments.isGiven)
    guard graph.inputs.count == 1, let input = graph.inputs.first, let shape = graph.type(of: input)?.shape else {
      guard let first = given.first else { return nil }
      throw CommandFailure(
        "not-for-pictures", "the model has \(graph.inputs.count) inputs, so pictures cannot be prepared for it",
        at: arguments.span(of: first), help: "leave out `\(first):`")
    }
    do {
      return try Preprocessing(options, inputShape: shape)
    } catch {
      if given.isEmpty, !arguments.isGiven("example") { return nil }
      let culprit = given.first { error.message.contains($0) } ?? given.first ?? "example"
      throw CommandFailure(Diagnostic(error, at: arguments.span(of: culprit)))
    }
  }

  /// How pictures are prepared, and what the outputs are. A model that needs to see the whole picture gets it stretched,
  /// where nothing else is said.
  ///
  /// - Throws: `CommandFailure` where the outputs are not those of the task that is named.
  private static func pictures(
    for graph: Graph, _ request: Request, nameCount: Int?, _ arguments: BoundCommand
  ) throws -> (Preprocessing?, (any OutputHead)?) {
    let simple = try preprocessing(for: graph, request.options, arguments)
    func head(_ preprocessing: Preprocessing?) -> (any OutputHead)? {
      preprocessing.flatMap { ModelOutputs(graph, preprocessing: $0, nameCount: nameCount) }
        .flatMap { OutputHeadCatalog.head(of: $0, task: request.task) }
    }
    let found = head(simple)
    if request.task != nil, found == nil {
      let types = graph.outputs.map { graph.type(of: $0)?.description ?? "unknown" }.joined(separator: ", ")
      throw CommandFailure(
        "unexpected-output",
        "the model's outputs (\(types)) are not those of `\(arguments.choice("task") ?? "")`",
        at: arguments.span(of: "task"), help: "leave `task:` out, or see `help load` for the outputs that are known")
    }
    let cropping: Set<VisionTask> = [.classification, .landmarkDetection, .faceRecognition]
    guard let simple, let found, !cropping.contains(found.task), request.options.resize == nil,
      request.options.crop == nil
    else { return (simple, found) }
    var options = request.options
    options.resize = .stretch(simple.crop)
    let whole = try preprocessing(for: graph, options, arguments)
    return (whole, head(whole))
  }

  private static func labels(_ path: String?, _ arguments: BoundCommand) throws -> Labels? {
    guard let path else { return nil }
    return try attempt(arguments, arguments.isGiven("labels") ? "labels" : "example") {
      try Labels(contentsOfFile: path)
    }
  }

  /// Labels that there are as many of as classes. Of a model whose class 0 is the background, a file may leave that out.
  private static func checked(
    _ labels: Labels?, _ path: String?, for graph: Graph, _ head: (any OutputHead)?, _ arguments: BoundCommand
  ) throws -> Labels? {
    guard let labels, let shape = graph.outputs.first.flatMap({ graph.type(of: $0)?.shape }), shape.rank >= 1 else {
      return labels
    }
    // Where the number of classes does not show, names that do not begin with the background leave it out.
    if let head, head.countsBackground == true, head.classCount == nil,
      !["background", "__background__"].contains(labels[0]?.lowercased() ?? "")
    {
      return Labels(classes: [ClassLabel(fullName: "background")] + labels.classes)
    }
    let count = head.map(\.classCount) ?? shape.elementCount / max(shape[0], 1)
    guard let count, head.map({ ![.landmarkDetection, .faceRecognition].contains($0.task) }) ?? true else {
      return labels
    }
    if head?.countsBackground ?? false, labels.count == count - 1 {
      return Labels(classes: [ClassLabel(fullName: "background")] + labels.classes)
    }
    return try attempt(arguments, arguments.isGiven("labels") ? "labels" : "example") {
      do throws(DatasetError) {
        try labels.check(classCount: count)
      } catch {
        throw DatasetError(error.code, error.message, remedy: error.remedy, file: path)
      }
      return labels
    }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? "model"
    return name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? String(name[..<$0]) : nil } ?? name
  }
}
