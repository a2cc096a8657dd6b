import Documents
import Evaluation

/// The tables of layers in a comparison of models.
enum ComparisonTables {
  private static let milliseconds = Column.Kind.number(.decimals(3, unit: "ms"))

  /// A kind of layer in one precision.
  private struct LayerType: Hashable, Comparable {
    let operation: String
    let precision: String
    static func < (left: LayerType, right: LayerType) -> Bool {
      (left.operation, left.precision) < (right.operation, right.precision)
    }
  }

  /// How many layers of each type the models have, and what time they take.
  static func layerTypes(_ sides: [ModelComparisonReport.Side]) -> Table {
    let totals = sides.map { side in
      side.layers.reduce(into: [LayerType: (count: Int, seconds: Double)]()) { totals, layer in
        let key = LayerType(operation: layer.operation, precision: layer.precision)
        let old = totals[key] ?? (0, 0)
        totals[key] = (old.count + 1, old.seconds + (layer.seconds ?? 0))
      }
    }
    let keys = Set(totals.flatMap(\.keys)).sorted()
    let rows = keys.map { key in
      Row(
        [.text(key.operation), .text(key.precision)]
          + zip(sides, totals).flatMap { side, totals -> [Cell] in
            guard let total = totals[key] else { return [.missing, .missing, .missing] }
            return [
              .integer(total.count), .number(total.seconds * 1000),
              side.seconds > 0 ? .number(total.seconds / side.seconds) : .missing,
            ]
          })
    }
    var columns = [Column(id: "layer_type", title: "Layer Type"), Column(id: "precision", title: "Precision")]
    for (place, side) in sides.enumerated() {
      columns += [
        Column(id: "layers_\(place + 1)", title: "Layers of \(side.name)", kind: .integer),
        Column(
          id: "time_\(place + 1)", title: "Time of \(side.name)", kind: milliseconds,
          help: place == 0 ? "Of one inference, the median of several." : ""),
        Column(
          id: "share_\(place + 1)", title: "Share of \(side.name)", kind: .percent(decimals: 1),
          help: place == 0 ? "The part of the time of all layers of the model." : ""),
      ]
    }
    return Table(columns: columns, rows: rows, noun: .init("layer type", "layer types"))
  }

  /// How the time and the layers of each model spread over precisions.
  static func precisions(_ sides: [ModelComparisonReport.Side]) -> Table {
    let rows = sides.flatMap { side in
      side.precisions.map { precision -> Row in
        let layers = side.layers.filter { $0.precision == precision }
        return Row([
          .text(side.name), .text(precision), .integer(layers.count),
          .number(layers.reduce(0) { $0 + ($1.seconds ?? 0) } * 1000),
          .number(side.share { $0.precision == precision }),
        ])
      }
    }
    return Table(
      columns: [
        Column(id: "model", title: "Model"), Column(id: "precision", title: "Precision"),
        Column(id: "layers", title: "Layers", kind: .integer), Column(id: "time", title: "Time", kind: milliseconds),
        Column(id: "share", title: "Share of the Time", kind: .bar(.percent(), maximum: 1)),
      ], rows: rows, noun: .init("precision", "precisions"))
  }

  /// How often the precision changes from one step to the next in the order of execution.
  static func transitions(_ sides: [ModelComparisonReport.Side]) -> Table {
    let rows = sides.flatMap { side -> [Row] in
      var counts: [[String]: Int] = [:]
      for (layer, next) in zip(side.layers, side.layers.dropFirst()) where layer.precision != next.precision {
        counts[[layer.precision, next.precision], default: 0] += 1
      }
      return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
        Row([.text(side.name), .text(key[0]), .text(key[1]), .integer(count)])
      }
    }
    return Table(
      columns: [
        Column(id: "model", title: "Model"), Column(id: "from", title: "From"), Column(id: "to", title: "To"),
        Column(
          id: "count", title: "Changes", kind: .integer,
          help: "How often a layer of one precision is followed by one of another, in the order of execution."),
      ], rows: rows, noun: .init("change", "changes"))
  }

  /// The layers of two models side by side, matched by what is fused into them.
  static func layers(_ left: ModelComparisonReport.Side, _ right: ModelComparisonReport.Side) -> Table {
    func key(_ layer: LayerTiming) -> Set<String> { Set(layer.layers) }
    let matches = Dictionary(right.layers.filter { !$0.layers.isEmpty }.map { (key($0), $0) }) { first, _ in first }
    var matched: Set<Set<String>> = []
    func cells(_ layer: LayerTiming?) -> [Cell] {
      guard let layer else { return [.missing, .missing] }
      return [layer.seconds.map { .number($0 * 1000) } ?? .missing, .text(layer.precision)]
    }
    var rows = left.layers.map { layer -> Row in
      let other = layer.layers.isEmpty ? nil : matches[key(layer)]
      if other != nil { matched.insert(key(layer)) }
      var difference: [Cell] = [.missing, .missing]
      if let a = layer.seconds, let b = other?.seconds {
        difference = [.number((b - a) * 1000), a > 0 ? .number(b / a) : .missing]
      }
      return Row([.text(layer.name), .text(layer.operation)] + cells(layer) + cells(other) + difference)
    }
    rows += right.layers.filter { $0.layers.isEmpty || !matched.contains(key($0)) }.map { layer in
      Row(
        [.text(layer.name), .text(layer.operation)] + [.missing, .missing] + cells(layer) + [.missing, .missing])
    }
    return Table(
      columns: [
        Column(id: "layer", title: "Layer Name"), Column(id: "type", title: "Layer Type"),
        Column(id: "time_1", title: "Time of \(left.name)", kind: milliseconds),
        Column(id: "precision_1", title: "Precision of \(left.name)"),
        Column(id: "time_2", title: "Time of \(right.name)", kind: milliseconds),
        Column(id: "precision_2", title: "Precision of \(right.name)"),
        Column(
          id: "delta", title: "Delta",
          kind: .number(NumberFormat(.decimals(3), unit: "ms", showsBounds: false, showsPlus: true)),
          help: "The time of \(right.name) minus that of \(left.name); below 0, it has become faster."),
        Column(
          id: "ratio", title: "Ratio", kind: .number(.decimals(2)),
          help: "The time of \(right.name) divided by that of \(left.name)."),
      ], rows: rows, visibleRowCount: 15, noun: .init("layer", "layers"))
  }
}
