public import Documents
public import Evaluation

/// What a model is: inputs, outputs, precision, operations, weights, memory, and its layers where asked for.
public struct ModelReport: Report {
  /// An input or output.
  public struct Port: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The element type and shape, as `float32[1, 3, 224, 224]`.
    public let type: String

    /// Takes a port.
    public init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  /// Where a model comes from and what is known besides its graph.
  public struct Profile: Sendable {
    /// The model's name.
    public var name: String
    /// `FP32` or `INT8`.
    public var precision: String
    /// The name of the model that this one was made of, if it was.
    public var parent: String?
    /// The file and its format, as `mobilenet_v2.onnx (ONNX, opset 10)`.
    public var source: String
    /// The bytes of the model's files.
    public var fileByteCount: Int
    /// The SHA-256 of the file that describes the network, in hexadecimal.
    public var digest: String
    /// How pictures are prepared; nil for a model that takes none.
    public var preprocessing: String?
    /// What it is made for, and what its outputs are; nil where they look like those of no task.
    public var task: String?
    /// How many classes have names; nil without labels.
    public var labelCount: Int?
    /// What was decided while reading the file, one sentence each.
    public var notes: [String]
    /// The inputs.
    public var inputs: [Port]
    /// The outputs.
    public var outputs: [Port]

    /// Takes a profile.
    public init(
      name: String, precision: String, parent: String?, source: String, fileByteCount: Int, digest: String,
      preprocessing: String?, task: String? = nil, labelCount: Int?, notes: [String], inputs: [Port], outputs: [Port]
    ) {
      self.name = name
      self.precision = precision
      self.parent = parent
      self.source = source
      self.fileByteCount = fileByteCount
      self.digest = digest
      self.preprocessing = preprocessing
      self.task = task
      self.labelCount = labelCount
      self.notes = notes
      self.inputs = inputs
      self.outputs = outputs
    }
  }

  /// What is known besides the graph.
  public let profile: Profile
  /// What the graph says.
  public let analysis: ModelAnalysis
  /// The layers that are listed, in order; nil for no table.
  public let layers: [LayerRow]?
  /// The order that the layers were put into; empty for that of execution.
  public let order: [SortKey]
  /// A picture of the graph; nil for none.
  public let diagram: GraphDiagram?

  /// Makes a report.
  public init(
    _ profile: Profile, analysis: ModelAnalysis, layers: [LayerRow]? = nil, order: [SortKey] = [],
    diagram: GraphDiagram? = nil
  ) {
    self.profile = profile
    self.analysis = analysis
    self.layers = layers
    self.order = order
    self.diagram = diagram
  }

  /// The facts and, where asked for, the table of layers.
  public var document: Document {
    var blocks: [Block] = [.facts(FactList(facts))]
    if !profile.notes.isEmpty {
      blocks.append(
        .details(
          summary: "What was decided while reading the file", blocks: [.list(profile.notes.map { RichText($0) })]))
    }
    if let diagram { blocks.append(.diagram(diagram)) }
    if let layers {
      blocks += [.heading("Layers", level: 1), .table(table(layers))]
      if analysis.isQuantized {
        blocks.append(
          .paragraph("Layers that only quantize or dequantize, and take no step of their own, are not listed."))
      }
    }
    return Document(title: "Model \(profile.name)", blocks: blocks)
  }

  /// The facts in numbers and, where asked for, `columns` and `rows` of the layers.
  public var data: DataValue {
    func ports(_ ports: [Port]) -> DataValue {
      .array(ports.map { ["name": .string($0.name), "type": .string($0.type)] })
    }
    var members: [DataValue.Member] = [
      .init(key: "name", value: .string(profile.name)), .init(key: "precision", value: .string(profile.precision)),
      .init(key: "parent", value: profile.parent.map(DataValue.string) ?? .null),
      .init(key: "source", value: .string(profile.source)), .init(key: "sha256", value: .string(profile.digest)),
      .init(key: "inputs", value: ports(profile.inputs)), .init(key: "outputs", value: ports(profile.outputs)),
      .init(key: "preprocessing", value: profile.preprocessing.map(DataValue.string) ?? .null),
      .init(key: "task", value: profile.task.map(DataValue.string) ?? .null),
      .init(key: "floatOperations", value: .integer(analysis.floatOperationCount)),
      .init(key: "integerOperations", value: .integer(analysis.integerOperationCount)),
      .init(key: "weights", value: .integer(analysis.weightCount)),
      .init(key: "weightBytes", value: .integer(analysis.weightByteCount)),
      .init(key: "sparsity", value: .number(analysis.sparsity)),
      .init(key: "minimumActivationBytes", value: .integer(analysis.minimumActivationByteCount)),
      .init(key: "maximumActivationBytes", value: .integer(analysis.maximumActivationByteCount)),
    ]
    if let layers { members += DataValue.columnsAndRows(of: table(layers)) }
    return .object(members)
  }

  private var facts: [FactList.Fact] {
    let giga = NumberFormat(.decimals(5))
    let mega = NumberFormat(.decimals(3))
    let bytes = NumberFormat.bytes
    var facts: [FactList.Fact] = [.init("Precision", profile.precision)]
    if let parent = profile.parent { facts.append(.init("Parent", parent)) }
    facts += profile.inputs.map { .init("Input", "\($0.name) \($0.type)") }
    facts += profile.outputs.map { .init("Output", "\($0.name) \($0.type)") }
    if let preprocessing = profile.preprocessing { facts.append(.init("Preprocessing", preprocessing)) }
    if let task = profile.task { facts.append(.init("Task", task)) }
    if let labelCount = profile.labelCount {
      facts.append(.init("Class names", NumberFormat.integer.string(for: labelCount)))
    }
    let operations: [FactList.Fact] = [
      .init("Flop", "\(giga.string(for: Double(analysis.floatOperationCount) / 1e9)) × 10⁹", note: uncounted),
      .init(
        "Iop", "\(giga.string(for: Double(analysis.integerOperationCount) / 1e9)) × 10⁹",
        note: "on 8-bit integers"),
    ]
    facts += analysis.isQuantized ? operations : [operations[0]]
    facts += [
      .init(
        "Weights", "\(mega.string(for: Double(analysis.weightCount) / 1e6)) × 10⁶",
        note: bytes.string(for: analysis.weightByteCount)),
      .init("Sparsity", NumberFormat(.decimals(3), unit: "%").string(for: analysis.sparsity)),
      .init(
        "Minimum memory for activations", bytes.string(for: analysis.minimumActivationByteCount),
        note: "\(mega.string(for: Double(analysis.minimumActivationCount) / 1e6)) × 10⁶ elements"),
      .init(
        "Maximum memory for activations", bytes.string(for: analysis.maximumActivationByteCount),
        note: "\(mega.string(for: Double(analysis.maximumActivationCount) / 1e6)) × 10⁶ elements"),
      .init(
        "Layers", NumberFormat.integer.string(for: analysis.layers.count(where: { !$0.isConversion })),
        note: analysis.isQuantized
          ? "and \(analysis.layers.count(where: \.isConversion)) that quantize or dequantize" : ""),
      .init("File", profile.source, note: bytes.string(for: profile.fileByteCount)),
      .init("SHA-256", profile.digest),
    ]
    return facts
  }

  private var uncounted: String {
    analysis.uncountedOperators.isEmpty ? "" : "not counted: \(analysis.uncountedOperators.joined(separator: ", "))"
  }

  /// The layers that take most of the time, where it was measured.
  public var charts: [Chart] {
    let slowest = (layers ?? []).filter { $0.share != nil }.sorted { ($0.share ?? 0) > ($1.share ?? 0) }.prefix(15)
    guard slowest.count > 1 else { return [] }
    let plot = BarPlot(
      categoryTitle: "Layer", categories: slowest.map(\.layer.name),
      series: [.init("Time", slowest.map { $0.step?.seconds.map { $0 * 1000 } })],
      axis: Axis("Time", format: .decimals(3, unit: "ms")))
    return [Chart(title: "The slowest layers", subtitle: "Time of one inference", .bars(plot))]
  }

  /// Behind the page.
  public var chartsFollow: Bool { true }

  private func table(_ layers: [LayerRow]) -> Table {
    let isMeasured = layers.contains { $0.share != nil }
    let columns = isMeasured ? LayerColumn.allCases : LayerColumn.unmeasured
    let largest = layers.compactMap(\.share).max() ?? 1
    return Table(
      columns: columns.map { column in
        var shown = column.column
        if column == .share { shown.kind = .bar(.percent(), maximum: max(largest, 1e-9)) }
        return shown
      },
      rows: layers.map { layer in
        Row(columns.map { $0.cell(layer, ClassNames(nil)) }, details: LayerDetails.card(layer))
      }, sort: order, noun: .init("layer", "layers"), detailsTitle: "Details", detailsLabel: "Show")
  }
}
