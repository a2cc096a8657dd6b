public import Datasets
public import Documents

/// How an INT8 model was made, and which layers it runs in which precision.
public struct CalibrationReport: Report {
  /// A layer that stays in floating point.
  public struct FloatLayer: Sendable, Hashable {
    /// The node's name.
    public let name: String
    /// The operator.
    public let operatorName: String
    /// Why it was not quantized, as a clause.
    public let reason: String

    /// Takes a layer.
    public init(name: String, operatorName: String, reason: String) {
      self.name = name
      self.operatorName = operatorName
      self.reason = reason
    }
  }

  /// The settings that were in force.
  public struct Settings: Sendable, Hashable {
    /// `default` or `accuracyAware`.
    public let method: String
    /// `performance` or `mixed`.
    public let preset: String
    /// How weights and activations are quantized, in words.
    public let scheme: String
    /// The layers and operators that were left out on demand.
    public let ignored: [String]

    /// Takes settings.
    public init(method: String, preset: String, scheme: String, ignored: [String]) {
      self.method = method
      self.preset = preset
      self.scheme = scheme
      self.ignored = ignored
    }
  }

  /// The name of the INT8 model.
  public let model: String
  /// The name of its parent.
  public let parent: String
  /// The name of the calibration dataset.
  public let dataset: String
  /// How many images were used.
  public let imageCount: Int
  /// How many images the whole dataset has.
  public let datasetCount: Int
  /// The images that could not be used.
  public let skipped: [DatasetProblem]
  /// The settings.
  public let settings: Settings
  /// How long it took.
  public let seconds: Double
  /// The names of the layers that run in INT8.
  public let quantizedLayers: [String]
  /// The layers that stay in floating point.
  public let floatLayers: [FloatLayer]

  /// Makes a report.
  public init(
    model: String, parent: String, dataset: String, imageCount: Int, datasetCount: Int, skipped: [DatasetProblem],
    settings: Settings, seconds: Double, quantizedLayers: [String], floatLayers: [FloatLayer]
  ) {
    self.model = model
    self.parent = parent
    self.dataset = dataset
    self.imageCount = imageCount
    self.datasetCount = datasetCount
    self.skipped = skipped
    self.settings = settings
    self.seconds = seconds
    self.quantizedLayers = quantizedLayers
    self.floatLayers = floatLayers
  }

  /// The settings and the layers.
  public var document: Document {
    let title = "INT8 – \(settings.method.capitalizedFirst) – \(settings.preset.capitalizedFirst) Preset"
    var facts: [FactList.Fact] = [
      .init("Model", model, note: "INT8 child of \(parent)"),
      .init("Calibration dataset", dataset, note: "\(imageCount) of \(datasetCount) images"),
      .init("Method", settings.method), .init("Preset", settings.preset, note: settings.scheme),
      .init("Layers in INT8", NumberFormat.integer.string(for: quantizedLayers.count)),
      .init("Layers in floating point", NumberFormat.integer.string(for: floatLayers.count)),
      .init("Time", NumberFormat.decimals(1, unit: "s").string(for: seconds)),
    ]
    if !settings.ignored.isEmpty { facts.append(.init("Ignored on demand", settings.ignored.joined(separator: ", "))) }
    var blocks: [Block] = [.facts(FactList(facts))]
    blocks += SkippedFiles.blocks(skipped)
    if !floatLayers.isEmpty {
      blocks.append(.details(summary: "Layers that stay in floating point, and why", blocks: [.table(table)]))
    }
    return Document(title: "\(model): \(title)", blocks: blocks)
  }

  /// `seconds`, `method`, `preset`, `quantizedLayers`, `floatLayers` and what else the page shows.
  public var data: DataValue {
    [
      "model": .string(model), "parent": .string(parent), "dataset": .string(dataset),
      "images": .integer(imageCount), "skipped": .integer(skipped.count), "seconds": .number(seconds),
      "method": .string(settings.method), "preset": .string(settings.preset),
      "ignored": .array(settings.ignored.map { .string($0) }),
      "quantizedLayers": .array(quantizedLayers.map { .string($0) }),
      "floatLayers": .array(
        floatLayers.map {
          ["name": .string($0.name), "operator": .string($0.operatorName), "reason": .string($0.reason)]
        }),
    ]
  }

  private var table: Table {
    Table(
      columns: [
        Column(id: "layer", title: "Layer"), Column(id: "operator", title: "Operator"),
        Column(id: "reason", title: "Why"),
      ], rows: floatLayers.map { Row([.text($0.name), .text($0.operatorName), .text($0.reason)]) },
      noun: .init("layer", "layers"))
  }
}

extension String {
  /// The text with a capital first letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
