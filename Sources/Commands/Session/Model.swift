public import Datasets
import Documents
public import Evaluation
import GraphArchives
public import Graphs
import Quantization
public import Reports
import Synchronization

/// A network that a name stands for, with all that belongs to it.
public final class Model: Sendable {
  /// Where a model comes from.
  public struct Source: Sendable, Hashable {
    /// The path of the file that describes the network.
    public let path: String
    /// The path of the second file, if the format has one.
    public let companionPath: String?
    /// The format with its version, as `ONNX, opset 17`.
    public let format: String
    /// The bytes of all its files.
    public let byteCount: Int
    /// The SHA-256 of the file that describes the network, in hexadecimal.
    public let digest: String
    /// What was decided while reading it, one sentence each.
    public let notes: [String]
  }

  /// A name without spaces, as `mobilenet_v2` or `mobilenet_v2_int8`.
  public let name: String
  /// Where it, or the model that it was made of, comes from.
  public let source: Source
  /// The network and its plans.
  public let plans: PlanCache
  /// The network with its preprocessing; nil if it does not take one picture.
  public let imageModel: ImageModel?
  /// How pictures are prepared; nil if the network does not take pictures.
  public let preprocessing: Preprocessing?
  /// The names of the classes, if they are known.
  public let labels: Labels?
  /// The model that this one was made of.
  public let parent: Model?
  /// How this model was made of its parent.
  public let calibration: CalibrationReport?
  /// All that was chosen when it was quantized; nil for a model that was read from files.
  let quantization: QuantizationChoices?
  /// What accuracy-aware calibrations of this model have found out, by their settings.
  let calibrationMemories = Mutex<[String: AccuracyAwareMemory]>([:])
  /// How its outputs stand for results; nil where they look like those of no task.
  public let head: (any OutputHead)?
  /// What can be said of the graph.
  public let analysis: ModelAnalysis
  private let cache = PredictionCache()
  private let taskCache = TaskPredictionCache()
  private let digest = Mutex<String?>(nil)

  /// Takes a network that was read from files.
  ///
  /// - Parameter graph: canonical, at batch 1 where its batch can be changed.
  init(
    name: String, source: Source, graph: Graph, preprocessing: Preprocessing?, labels: Labels?, parent: Model? = nil,
    calibration: CalibrationReport? = nil, quantization: QuantizationChoices? = nil, head: (any OutputHead)? = nil
  ) {
    self.name = name
    self.source = source
    let plans = PlanCache(graph)
    self.plans = plans
    self.preprocessing = preprocessing
    self.labels = labels
    self.parent = parent
    self.calibration = calibration
    self.quantization = quantization
    self.head = head
    analysis = ModelAnalysis(graph)
    imageModel = preprocessing.flatMap { try? ImageModel(plans: plans, preprocessing: $0) }
  }

  /// The network.
  public var graph: Graph { plans.graph }
  /// `INT8` where the graph is quantized, otherwise `FP32`.
  public var precision: String { analysis.isQuantized ? "INT8" : "FP32" }
  /// The names of the classes for reports.
  var classes: ClassNames { ClassNames(labels) }

  /// The SHA-256 of the network with its weights and of how its pictures are prepared; read from no file, so that it holds
  /// for models that were made here too.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  func contentDigest(isCancelled: () -> Bool) throws -> String {
    if let known = digest.withLock({ $0 }) { return known }
    let (graph, pictures) = (graph, preprocessing?.description ?? "none")
    let computed = try Interruptible.run(isCancelled: isCancelled) {
      FileDigest.ofText("\(FileDigest.ofBytes(GraphArchive.encode(graph))) \(pictures)")
    }
    digest.withLock { $0 = computed }
    return computed
  }

  /// The content's digest, if it was needed before.
  var knownContentDigest: String? { digest.withLock { $0 } }

  /// One line about it.
  var summary: String {
    let origin = parent.map { "INT8 child of \($0.name)" } ?? "\(precision), \(source.format)"
    return name + ", " + origin
  }

  /// What is shown of it.
  ///
  /// - Parameters:
  ///   - layers: the layers that are listed; nil for none.
  ///   - order: the order that they were put into.
  ///   - diagram: a picture of the graph; nil for none.
  func report(
    layers: [LayerRow]? = nil, order: [SortKey] = [], diagram: GraphDiagram? = nil
  ) -> ModelReport {
    func ports(_ ids: [ValueID]) -> [ModelReport.Port] {
      ids.map { .init(name: graph[$0].name, type: graph.type(of: $0)?.description ?? "unknown") }
    }
    let file = source.path.split(separator: "/").last.map(String.init) ?? source.path
    return ModelReport(
      ModelReport.Profile(
        name: name, precision: precision, parent: parent?.name, source: "\(file) (\(source.format))",
        fileByteCount: source.byteCount, digest: source.digest, preprocessing: preprocessing?.description,
        task: head.map { "\($0.task.rawValue): \($0.summary)" },
        labelCount: labels?.count, notes: source.notes, inputs: ports(graph.inputs), outputs: ports(graph.outputs)),
      analysis: analysis, layers: layers, order: order, diagram: diagram)
  }

  /// What the model says of a dataset; computed once for each dataset, the newest of which are remembered in memory, and
  /// all in a store.
  ///
  /// - Throws: as `PredictionRun.predict`.
  func predictions(
    of dataset: LoadedDataset, by imageModel: ImageModel, in store: ResultStore, isCancelled: () -> Bool,
    progress: (Int) -> Void
  ) throws -> Predictions {
    if let known = cache.predictions(of: dataset) { return known }
    let predictions = try CachedPredictions(model: self, imageModel: imageModel, store: store).predict(
      dataset, isCancelled: isCancelled, progress: progress)
    cache.remember(predictions, of: dataset)
    return predictions
  }
}

extension Model {
  /// What the model says of a dataset in the terms of its task; kept as `predictions` are.
  ///
  /// - Throws: as `TaskRun.predictReadable`, and `DatasetError.noImages` where no picture can be used.
  func taskPredictions(
    of dataset: LoadedDataset, by imageModel: ImageModel, head: any OutputHead, options: DetectionOptions,
    in store: ResultStore, isCancelled: () -> Bool, progress: (Int) -> Void
  ) throws -> TaskPredictions {
    let key = "\(head.task.rawValue) \(head.summary) \(options)"
    if let known = taskCache.predictions(of: dataset, key) { return known }
    let predictions = try CachedTaskPredictions(
      model: self, imageModel: imageModel, head: head, options: options, store: store
    ).predict(dataset, isCancelled: isCancelled, progress: progress)
    taskCache.remember(predictions, of: dataset, key)
    return predictions
  }
}

/// The predictions of one model in the terms of its task, those that were made last.
private final class TaskPredictionCache: Sendable {
  private static let capacity = 2

  private let entries = Mutex<[(dataset: LoadedDataset, key: String, predictions: TaskPredictions)]>([])

  func predictions(of dataset: LoadedDataset, _ key: String) -> TaskPredictions? {
    entries.withLock { $0.first { $0.dataset === dataset && $0.key == key }?.predictions }
  }

  func remember(_ predictions: TaskPredictions, of dataset: LoadedDataset, _ key: String) {
    entries.withLock { entries in
      entries.append((dataset, key, predictions))
      if entries.count > Self.capacity { entries.removeFirst() }
    }
  }
}

/// The predictions of one model for the datasets that it was run on last.
private final class PredictionCache: Sendable {
  private static let capacity = 2
  private static let largestValueCount = 16_000_000

  private let entries = Mutex<[(dataset: LoadedDataset, predictions: Predictions)]>([])

  func predictions(of dataset: LoadedDataset) -> Predictions? {
    entries.withLock { $0.first { $0.dataset === dataset }?.predictions }
  }

  func remember(_ predictions: Predictions, of dataset: LoadedDataset) {
    guard predictions.values.count <= Self.largestValueCount else { return }
    entries.withLock { entries in
      entries.append((dataset, predictions))
      if entries.count > Self.capacity { entries.removeFirst() }
    }
  }
}
