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

  /// What a bound on the accuracy drop came to.
  public struct AccuracyControl: Sendable, Hashable {
    /// A model that was measured.
    public struct Step: Sendable, Hashable {
      /// The layer that went back to floating point; nil for the first model, in which all are quantized.
      public let layer: String?
      /// How many layers are in floating point on demand.
      public let floatCount: Int
      /// Top-1 accuracy, 0 to 1.
      public let accuracy: Double
      /// The drop as the bound counts it.
      public let drop: Double

      /// Takes a step.
      public init(layer: String?, floatCount: Int, accuracy: Double, drop: Double) {
        self.layer = layer
        self.floatCount = floatCount
        self.accuracy = accuracy
        self.drop = drop
      }
    }

    /// The name of the annotated dataset.
    public let dataset: String
    /// How many of its images were used.
    public let imageCount: Int
    /// How annotations were matched with outputs, where that is not plain.
    public let classNote: String?
    /// The largest drop that is accepted, and whether it is a part of the parent's accuracy.
    public let bound: Double
    public let isRelative: Bool
    /// Top-1 accuracy of the parent and of the model, 0 to 1.
    public let parentAccuracy: Double
    public let accuracy: Double
    /// The model's drop as the bound counts it, and whether it is within the bound.
    public let drop: Double
    public let isWithinBound: Bool
    /// The models that were measured, in order.
    public let steps: [Step]
    /// The layers that went back to floating point.
    public let reverted: [String]
    /// How many times longer the model takes than with all layers quantized; nil where it is that.
    public let slowdown: Double?

    /// Takes what was measured.
    public init(
      dataset: String, imageCount: Int, classNote: String?, bound: Double, isRelative: Bool, parentAccuracy: Double,
      accuracy: Double, drop: Double, isWithinBound: Bool, steps: [Step], reverted: [String], slowdown: Double?
    ) {
      self.dataset = dataset
      self.imageCount = imageCount
      self.classNote = classNote
      self.bound = bound
      self.isRelative = isRelative
      self.parentAccuracy = parentAccuracy
      self.accuracy = accuracy
      self.drop = drop
      self.isWithinBound = isWithinBound
      self.steps = steps
      self.reverted = reverted
      self.slowdown = slowdown
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
  /// The SHA-256 of the quantized model as `export` writes it, in hexadecimal.
  public let digest: String
  /// The names of the layers that run in INT8.
  public let quantizedLayers: [String]
  /// The layers that stay in floating point.
  public let floatLayers: [FloatLayer]
  /// What the method accuracyAware found; nil for the default method.
  public let control: AccuracyControl?

  /// Makes a report.
  public init(
    model: String, parent: String, dataset: String, imageCount: Int, datasetCount: Int, skipped: [DatasetProblem],
    settings: Settings, seconds: Double, digest: String, quantizedLayers: [String], floatLayers: [FloatLayer],
    control: AccuracyControl? = nil
  ) {
    self.model = model
    self.parent = parent
    self.dataset = dataset
    self.imageCount = imageCount
    self.datasetCount = datasetCount
    self.skipped = skipped
    self.settings = settings
    self.seconds = seconds
    self.digest = digest
    self.quantizedLayers = quantizedLayers
    self.floatLayers = floatLayers
    self.control = control
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
    facts.append(.init("SHA-256 of the model", digest))
    if !settings.ignored.isEmpty { facts.append(.init("Ignored on demand", settings.ignored.joined(separator: ", "))) }
    var blocks: [Block] = control.map { Self.blocks(of: $0) } ?? []
    blocks.append(.facts(FactList(facts)))
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
      "sha256": .string(digest), "accuracyControl": control.map(Self.data) ?? .null,
    ]
  }

  private static func data(of control: AccuracyControl) -> DataValue {
    [
      "dataset": .string(control.dataset), "images": .integer(control.imageCount), "bound": .number(control.bound),
      "relative": .bool(control.isRelative), "parentAccuracy": .number(control.parentAccuracy),
      "accuracy": .number(control.accuracy), "drop": .number(control.drop), "reached": .bool(control.isWithinBound),
      "reverted": .array(control.reverted.map { .string($0) }),
      "slowdown": control.slowdown.map { .number($0) } ?? .null,
      "steps": .array(
        control.steps.map {
          [
            "layer": $0.layer.map { .string($0) } ?? .null, "floatLayers": .integer($0.floatCount),
            "accuracy": .number($0.accuracy), "drop": .number($0.drop),
          ]
        }),
    ]
  }

  private static func blocks(of control: AccuracyControl) -> [Block] {
    let percent = NumberFormat.percent(decimals: 2)
    let kind = control.isRelative ? "of the parent's accuracy" : "points"
    var facts: [FactList.Fact] = [
      .init("Accuracy", percent.string(for: control.accuracy), note: "top-1 on \(control.imageCount) images"),
      .init("Parent's accuracy", percent.string(for: control.parentAccuracy), note: control.classNote ?? ""),
      .init(
        "Drop", percent.string(for: control.drop),
        note: "\(kind); at most \(percent.string(for: control.bound)) accepted"),
    ]
    if let slowdown = control.slowdown {
      facts.append(
        .init(
          "Cost in speed", NumberFormat.decimals(2).string(for: slowdown) + "×",
          note: "time with \(control.reverted.count) layers in floating point, to all layers in INT8, one thread"))
    }
    var blocks: [Block] = [.facts(FactList(facts, style: .headline))]
    guard control.steps.count > 1 else { return blocks }
    let table = Table(
      columns: [
        Column(id: "layer", title: "Layer that went back"),
        Column(id: "float_layers", title: "Layers in floating point", kind: .integer),
        Column(id: "accuracy", title: "Accuracy", kind: .percent(decimals: 2)),
        Column(id: "drop", title: "Drop", kind: .percent(decimals: 2)),
      ],
      rows: control.steps.map {
        Row([.text($0.layer ?? "none"), .integer($0.floatCount), .number($0.accuracy), .number($0.drop)])
      }, noun: .init("model", "models"))
    blocks.append(.details(summary: "The models that were measured", blocks: [.table(table)]))
    return blocks
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
