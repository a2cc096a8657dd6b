import Datasets
public import Documents
public import Evaluation

/// The report “Calculation of Tensor Distance to Parent Model Output”.
public struct DistanceReport: PicturedReport {
  /// The name of the optimized model.
  public let model: String
  /// The name of its parent.
  public let parent: String
  /// The name of the dataset.
  public let dataset: String
  /// The distances of all pictures.
  public let comparison: DistanceComparison
  /// The rows that the table shows, in its order: indices of the comparison's rows.
  public let selection: [Int]
  /// The order that the rows were put into; empty for that of the dataset.
  public let order: [SortKey]
  /// The pictures of the rows.
  public var pictures: PictureShelf

  /// Makes a report.
  public init(
    model: String, parent: String, dataset: String, comparison: DistanceComparison, selection: [Int],
    order: [SortKey] = [],
    pictures: PictureShelf = PictureShelf()
  ) {
    self.model = model
    self.parent = parent
    self.dataset = dataset
    self.comparison = comparison
    self.order = order
    self.selection = selection.filter(comparison.rows.indices.contains)
    self.pictures = pictures
  }

  /// The distances in sum and one by one.
  public var document: Document {
    var blocks: [Block] = [.facts(summary)]
    blocks += SkippedFiles.blocks(comparison.skipped)
    blocks.append(.table(table))
    if !comparison.layers.isEmpty { blocks += [.heading("By layer", level: 1), .table(layerTable)] }
    return Document(
      title: "Calculation of Tensor Distance to Parent Model Output",
      subtitle: "\(model) beside its parent \(parent) on \(dataset)", blocks: blocks)
  }

  /// The layers with the most noise, where layers were measured.
  public var charts: [Chart] {
    let noisy = comparison.layers.filter { $0.distance.signalToNoise.isFinite }
      .sorted { $0.distance.signalToNoise < $1.distance.signalToNoise }.prefix(15)
    guard noisy.count > 1 else { return [] }
    let plot = BarPlot(
      categoryTitle: "Layer", categories: noisy.map(\.name),
      series: [.init("SQNR", noisy.map(\.distance.signalToNoise))],
      axis: Axis("Signal to quantization noise", format: .decimals(1, unit: "dB")))
    return [
      Chart(title: "The layers with the most noise", subtitle: "Lower is worse; over all pictures", .bars(plot))
    ]
  }

  /// Behind the page.
  public var chartsFollow: Bool { true }

  /// `columns` and `rows` of the table, and the layers.
  public var data: DataValue {
    var head: [DataValue.Member] = [
      .init(key: "report", value: "distance"), .init(key: "optimized", value: .string(model)),
      .init(key: "parent", value: .string(parent)), .init(key: "dataset", value: .string(dataset)),
    ]
    if !comparison.layers.isEmpty {
      head.append(.init(key: "layers", value: .object(DataValue.columnsAndRows(of: layerTable))))
    }
    return .object(head + DataValue.columnsAndRows(of: table))
  }

  private var outputs: [String] {
    comparison.rows.map(\.output).reduce(into: []) { list, next in if !list.contains(next) { list.append(next) } }
  }

  private var summary: FactList {
    func values(_ value: (TensorDistance) -> Double) -> [Double] {
      comparison.rows.map { value($0.distance) }.filter(\.isFinite)
    }
    func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }
    let images = Set(comparison.rows.map(\.sample.path)).count
    let ratios = values(\.signalToNoise)
    let worst = comparison.rows.min { $0.distance.signalToNoise < $1.distance.signalToNoise }
    let decibels = NumberFormat.decimals(1, unit: "dB")
    return FactList(
      [
        .init(
          "Mean SQNR", ratios.isEmpty ? "∞" : decibels.string(for: mean(ratios)),
          note: ratios.isEmpty
            ? "the outputs are equal"
            : "median \(decibels.string(for: ratios.median)); worst \(worst.map { decibels.string(for: $0.distance.signalToNoise) + " (" + $0.sample.path + ")" } ?? "")"
        ),
        .init(
          "Mean of MSE", NumberFormat.significant(3).string(for: mean(values(\.meanSquaredError))),
          note: "\(NumberFormat.integer.string(for: images)) images, "
            + (outputs.count == 1 ? "output \(outputs[0])" : "\(outputs.count) outputs")),
        .init(
          "Mean cosine similarity",
          NumberFormat(.decimals(4), limit: 1).string(for: mean(values(\.cosineSimilarity))), note: "1 is the same"),
      ], style: .headline)
  }

  private var table: Table {
    let detailed = DetailedRows.indices(selection, pictures) { _ in false }
    let outputs = Dictionary(grouping: comparison.rows, by: \.sample.path)
    let rows = selection.map { index in
      let row = comparison.rows[index]
      return Row(
        DistanceColumn.allCases.map { $0.cell(row, ClassNames(nil)) },
        details: detailed.contains(index) ? card(row.sample, outputs[row.sample.path] ?? []) : nil)
    }
    return Table(
      title: selection.count == comparison.rows.count ? "" : "\(selection.count) of \(comparison.rows.count) rows",
      columns: DistanceColumn.allCases.map(\.column), rows: rows, sort: order,
      noun: self.outputs.count == 1 ? .init("image", "images") : .init("row", "rows"))
  }

  private var layerTable: Table {
    let measures = DistanceColumn.allCases.filter { ![.image, .output, .kl].contains($0) }
    return Table(
      columns: [
        Column(id: "layer", title: "Layer"), Column(id: "type", title: "Type"),
        Column(
          id: "precision", title: "Precision", help: "INT8 where the layer's result is passed on as 8-bit integers."),
      ] + measures.map(\.column),
      rows: comparison.layers.map { layer in
        Row(
          [.text(layer.name), .text(layer.operatorName), .text(layer.isQuantized ? "INT8" : "FP32")]
            + measures.map { $0.cell(layer.distance) })
      }, noun: .init("layer", "layers"))
  }

  private func card(_ sample: Sample, _ rows: [DistanceComparison.Row]) -> PictureCard {
    let highest = rows.map(\.distance.meanSquaredError).max() ?? 1
    return PictureCard(
      caption: sample.path, picture: pictures[sample.path], isPictureLeftOut: pictures.leavesOut(sample.path),
      barLists: [
        BarList(
          title: "Mean squared error of each output",
          bars: rows.map { .init($0.output, $0.distance.meanSquaredError) }, maximum: highest > 0 ? highest : 1,
          format: .significant(3))
      ])
  }
}
