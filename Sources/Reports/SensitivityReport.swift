public import Documents
public import Quantization

/// What each quantized layer adds to the error of a model's output.
public struct SensitivityReport: Report {
  /// The name of the INT8 model.
  public let model: String
  /// The name of its parent.
  public let parent: String
  /// The name of the dataset.
  public let dataset: String
  /// What was found.
  public let analysis: SensitivityAnalysis

  /// How many layers the chart shows.
  private static let chartedLayers = 20

  /// Makes a report.
  public init(model: String, parent: String, dataset: String, analysis: SensitivityAnalysis) {
    self.model = model
    self.parent = parent
    self.dataset = dataset
    self.analysis = analysis
  }

  private var ranked: [SensitivityAnalysis.Layer] {
    analysis.layers.enumerated().sorted {
      $0.element.outputGain == $1.element.outputGain
        ? $0.offset < $1.offset : $0.element.outputGain > $1.element.outputGain
    }.map(\.element)
  }

  /// The layers that the output would gain most without.
  public var charts: [Chart] {
    let shown = ranked.prefix(Self.chartedLayers)
    return [
      Chart(
        title: "What the output gains if one layer goes back to floating point",
        subtitle: "\(model) on \(analysis.sampleCount) images of \(dataset)",
        .bars(
          BarPlot(
            categoryTitle: "Layer", categories: shown.map(\.name),
            series: [.init("Gain", shown.map(\.outputGain))],
            axis: Axis("Gain of the output", format: .decimals(2, unit: "dB")))))
    ]
  }

  /// All layers as a table.
  public var document: Document {
    let decibels = NumberFormat.decimals(2, unit: "dB")
    let table = Table(
      columns: [
        Column(id: "layer", title: "Layer"), Column(id: "operator", title: "Operator"),
        Column(
          id: "gain", title: "Gain of the output", kind: .number(decibels),
          help:
            "By how much the signal-to-noise ratio of the output rises if this layer alone goes back to floating point."
        ),
        Column(
          id: "sqnr", title: "Signal to noise", kind: .number(decibels),
          help: "Of what the layer gives in the INT8 model, with all errors of the layers before it."),
      ],
      rows: ranked.map {
        Row([.text($0.name), .text($0.operatorName), .number($0.outputGain), .number($0.signalToNoise)])
      }, noun: .init("layer", "layers"))
    return Document(
      title: "\(model): sensitivity of its layers",
      blocks: [
        .facts(
          FactList(
            [
              .init(
                "Signal to noise of the output", decibels.string(for: analysis.outputSignalToNoise),
                note: "against \(parent)"),
              .init("Layers in INT8", NumberFormat.integer.string(for: analysis.layers.count)),
              .init("Images", NumberFormat.integer.string(for: analysis.sampleCount), note: dataset),
            ], style: .headline)), .table(table),
      ])
  }

  /// `layers` with `name`, `operator`, `gain` and `sqnr`, in the network's order.
  public var data: DataValue {
    [
      "model": .string(model), "parent": .string(parent), "dataset": .string(dataset),
      "images": .integer(analysis.sampleCount), "outputSqnr": .number(analysis.outputSignalToNoise),
      "layers": .array(
        analysis.layers.map {
          [
            "name": .string($0.name), "operator": .string($0.operatorName), "gain": .number($0.outputGain),
            "sqnr": .number($0.signalToNoise),
          ]
        }),
    ]
  }
}
