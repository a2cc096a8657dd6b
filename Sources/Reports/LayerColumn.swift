public import Documents
public import Evaluation
import Graphs

/// A column of the table of layers, by the name under which conditions and sort orders know it.
public enum LayerColumn: String, Sendable, CaseIterable {
  case index, layer, type, output, operations, weights, precision

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { [.layer, .type, .output, .precision].contains(self) }

  /// What the column holds, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .index: "the place in the order of execution, from 0"
    case .layer: "the layer's name"
    case .type: "the operator, as Conv"
    case .output: "the type and shape of what it computes"
    case .operations: "arithmetic operations of one inference"
    case .weights: "the number of its weights"
    case .precision: "INT8 where it works on quantized numbers"
    }
  }

  var column: Column {
    let kind: Column.Kind = isText ? .text : .integer
    let title = self == .index ? "#" : rawValue.capitalizedFirst
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a layer has in the column.
  public func cell(_ layer: LayerAnalysis) -> Cell {
    switch self {
    case .index: .integer(layer.index)
    case .layer: .text(layer.name)
    case .type: .text(layer.operatorName)
    case .output: .text(layer.outputs.map(\.description).joined(separator: ", "))
    case .operations: layer.operationCount.map(Cell.integer) ?? .missing
    case .weights: .integer(layer.weightCount)
    case .precision: .text(layer.isInteger ? "INT8" : "FP32")
    }
  }

  /// The indices of layers in ascending or descending order of the column; equal layers keep their order.
  public func sorted(_ indices: [Int], of layers: [LayerAnalysis], isDescending: Bool) -> [Int] {
    RowOrder.sorted(indices, by: column, isDescending: isDescending) { cell(layers[$0]) }
  }
}
