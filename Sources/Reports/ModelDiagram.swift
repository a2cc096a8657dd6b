public import Documents
import Evaluation
public import Graphs

/// The graph of a model as a picture.
public enum ModelDiagram {
  /// What decides on the colours.
  public enum Coloring: String, Sendable, CaseIterable {
    /// The precision that a layer is computed in.
    case precision
    /// The part of the time that a layer takes.
    case time
    /// The operator.
    case type
  }

  /// The most operators that have a colour of their own.
  private static let typeLimit = 5

  /// Layers as boxes, those that quantize and dequantize left out, with arrows for the tensors between them.
  ///
  /// - Parameter name: the model's name.
  public static func make(_ graph: Graph, name: String, layers: [LayerRow], coloring: Coloring) -> GraphDiagram {
    var place: [Int: Int] = [:]
    var nodes: [GraphDiagram.Node] = []
    let categories = categories(layers, coloring)
    let largest = layers.compactMap(\.share).max() ?? 0
    let rows = Dictionary(layers.map { ($0.layer.index, $0) }) { first, _ in first }
    for (index, node) in graph.nodes.enumerated() where !isConversion(node) {
      guard let row = rows[index] else { continue }
      place[index] = nodes.count
      nodes.append(
        .init(
          label: row.layer.name, detail: detail(row), shade: shade(row, coloring, categories, largest: largest)))
    }
    let producers = graph.producers()
    var edges: [GraphDiagram.Edge] = []
    var seen: Set<GraphDiagram.Edge> = []
    for (index, node) in graph.nodes.enumerated() {
      guard let to = place[index] else { continue }
      for case let input? in node.inputs {
        guard let source = source(of: input, in: graph, producers), let from = place[source] else { continue }
        let edge = GraphDiagram.Edge(from: from, to: to)
        if seen.insert(edge).inserted { edges.append(edge) }
      }
    }
    let hasScale = coloring == .time && largest > 0
    return GraphDiagram(
      title: "Graph of \(name)", nodes: nodes, edges: edges,
      categories: categories, scaleTitle: hasScale ? "Share of the time" : "",
      scaleMaximum: hasScale ? NumberFormat.percent().string(for: largest) : "")
  }

  private static func isConversion(_ node: Node) -> Bool { node.op is QuantizeLinear || node.op is DequantizeLinear }

  /// The node that computes a value, conversions passed over.
  private static func source(of value: ValueID, in graph: Graph, _ producers: [ValueID: Int]) -> Int? {
    var index = producers[value]
    while let current = index, isConversion(graph.nodes[current]) {
      index = graph.nodes[current].inputs.first.flatMap { $0 }.flatMap { producers[$0] }
    }
    return index
  }

  private static func categories(_ layers: [LayerRow], _ coloring: Coloring) -> [String] {
    switch coloring {
    case .time: return []
    case .precision: return Set(layers.filter { !$0.layer.isConversion }.map(precision)).sorted()
    case .type:
      let counts = Dictionary(layers.map { ($0.layer.operatorName, 1) }, uniquingKeysWith: +)
        .filter { $0.key != "QuantizeLinear" && $0.key != "DequantizeLinear" }
      let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      return Array(names.prefix(typeLimit)) + (names.count > typeLimit ? ["other"] : [])
    }
  }

  private static func precision(_ row: LayerRow) -> String {
    row.step?.precision ?? (row.layer.isInteger ? "INT8" : "FP32")
  }

  private static func detail(_ row: LayerRow) -> String {
    var words = [row.layer.operatorName]
    if row.isFused, let step = row.step {
      words.append("fused into \(step.name)")
    } else {
      words.append(precision(row))
    }
    if let share = row.share { words.append(NumberFormat.percent().string(for: share)) }
    return words.joined(separator: " · ")
  }

  private static func shade(
    _ row: LayerRow, _ coloring: Coloring, _ categories: [String], largest: Double
  ) -> GraphDiagram.Shade {
    switch coloring {
    case .time: return largest > 0 ? .fraction((row.share ?? 0) / largest) : .none
    case .precision: return categories.firstIndex(of: precision(row)).map { .category($0) } ?? .none
    case .type:
      return .category(categories.firstIndex(of: row.layer.operatorName) ?? max(categories.count - 1, 0))
    }
  }
}
