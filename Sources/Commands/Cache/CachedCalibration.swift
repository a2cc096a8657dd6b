import Datasets
import FoundationEssentials
import GraphArchives
import Graphs
import Quantization

/// What a calibration gave, as it is kept.
struct CachedCalibration {
  let graph: Graph
  /// The nodes that are computed on integers.
  let quantizedLayers: [String]
  let floatLayers: [QuantizationResult.FloatLayer]
  /// How many pictures were used.
  let imageCount: Int
  /// The pictures that could not be used.
  let skipped: [DatasetProblem]
  /// How long it took.
  let seconds: Double
}

extension CachedCalibration {
  /// What is kept of a quantization.
  init(_ result: QuantizationResult, skipped: [DatasetProblem], seconds: Double) {
    self.init(
      graph: result.graph, quantizedLayers: result.quantizedLayers.map(\.name), floatLayers: result.floatLayers,
      imageCount: result.calibratedSamples, skipped: skipped, seconds: seconds)
  }

  /// The calibration of a model on a dataset, from the store if it was finished there before.
  ///
  /// - Parameters:
  ///   - settings: everything besides model and pictures that the result depends on.
  ///   - compute: does the calibration, with what one that was cut off has left.
  /// - Throws: what `compute` throws, `CancellationError`.
  static func find(
    _ model: Model, on loaded: LoadedDataset, settings: Any, in context: CommandContext,
    compute: (any QuantizationStages) throws -> CachedCalibration
  ) throws -> (calibration: CachedCalibration, origin: Origin) {
    let store = context.session.results
    guard store.folder != nil else { return (try compute(NoStages()), .computed("")) }
    let key = try key(model, on: loaded, settings: settings, in: context)
    let stages = CachedStages(store: store, key: key.name)
    if let data = store.data(.calibrations, key.name), let known = decode(data) {
      // A kernel that ended between keeping the result and removing what led to it left that behind.
      stages.remove()
      return (known, .found)
    }
    let calibration = try compute(stages)
    let data = calibration.encoded
    // Only what comes back exactly as it was is worth keeping.
    if let copy = decode(data), copy.encoded == data { store.keep(data, .calibrations, key.name) }
    stages.remove()
    return (calibration, .computed(stages.summary))
  }

  /// The name of all that a calibration depends on.
  ///
  /// - Throws: `CancellationError`.
  static func key(
    _ model: Model, on loaded: LoadedDataset, settings: Any, in context: CommandContext
  ) throws -> ResultKey {
    var key = ResultKey(.calibrations)
    key.addInstructionSet()
    key.add("model", try model.contentDigest(isCancelled: context.isCancelled))
    key.add("pictures", try loaded.digest(isCancelled: context.isCancelled))
    var description = ""
    dump(settings, to: &description)
    key.add("settings", description)
    return key
  }

  /// Where a calibration comes from.
  enum Origin {
    /// It was finished before.
    case found
    /// It was done now; what an earlier run had left, in words.
    case computed(String)
  }

  private var encoded: Data {
    var writer = ByteWriter()
    writer.write(imageCount)
    writer.write(seconds)
    writer.write(quantizedLayers.count)
    for name in quantizedLayers { writer.write(name) }
    writer.write(floatLayers.count)
    for layer in floatLayers {
      for text in [layer.name, layer.operatorName, layer.reason] { writer.write(text) }
    }
    writer.write(skipped.count)
    for problem in skipped {
      for text in [problem.path, problem.reason] { writer.write(text) }
    }
    writer.write(GraphArchive.encode(graph))
    return writer.bytes
  }

  private static func decode(_ data: Data) -> CachedCalibration? {
    var reader = ByteReader(data)
    return try? read(&reader)
  }

  private static func read(_ reader: inout ByteReader) throws -> CachedCalibration {
    let imageCount = try reader.integer()
    let seconds = try reader.double()
    var quantized: [String] = []
    for _ in 0..<(try reader.count()) { quantized.append(try reader.text()) }
    var floating: [QuantizationResult.FloatLayer] = []
    for _ in 0..<(try reader.count()) {
      let (name, operatorName, reason) = (try reader.text(), try reader.text(), try reader.text())
      floating.append(.init(name: name, operatorName: operatorName, reason: reason))
    }
    var skipped: [DatasetProblem] = []
    for _ in 0..<(try reader.count()) {
      let (path, reason) = (try reader.text(), try reader.text())
      skipped.append(DatasetProblem(path: path, reason: reason))
    }
    guard let graph = GraphArchive.decode(try reader.data()), reader.isAtEnd else { throw ByteReader.Failure() }
    return CachedCalibration(
      graph: graph, quantizedLayers: quantized, floatLayers: floating, imageCount: imageCount, skipped: skipped,
      seconds: seconds)
  }
}
