public import Documents
public import Evaluation
import Graphs
import Tensors

/// One layer of a model, and the step of its plan that computes it.
public struct LayerRow: Sendable {
  /// What the graph says of the layer.
  public let layer: LayerAnalysis
  /// The step that computes it; nil where it takes none of its own, such as a DequantizeLinear.
  public let step: LayerTiming?
  /// Whether the step is named after another layer, into which this one is fused.
  public var isFused: Bool { step.map { $0.name != layer.name } ?? false }
  /// The part of the time of all steps; nil where it was not measured.
  public let share: Double?

  /// The layers with the steps of a plan, in the order of execution; those that only quantize or dequantize, and that no
  /// step is needed for, are left out.
  public static func rows(_ analysis: ModelAnalysis, steps: [LayerTiming]) -> [LayerRow] {
    var byLayer: [String: LayerTiming] = [:]
    for step in steps {
      for name in step.layers.isEmpty ? [step.name] : step.layers { byLayer[name] = byLayer[name] ?? step }
    }
    let total = steps.reduce(0) { $0 + ($1.seconds ?? 0) }
    return analysis.layers.compactMap { layer in
      let step = byLayer[layer.name]
      guard step != nil || !layer.isConversion else { return nil }
      let isOwn = step?.name == layer.name
      return LayerRow(layer: layer, step: step, share: isOwn && total > 0 ? step?.seconds.map { $0 / total } : nil)
    }
  }
}

extension LayerAnalysis {
  /// Whether the layer only changes between integers and floats.
  var isConversion: Bool { operatorName == "QuantizeLinear" || operatorName == "DequantizeLinear" }
}

/// A column of the table of layers, by the name under which conditions and sort orders know it.
public enum LayerColumn: String, ReportColumn {
  case index, layer, type, output, operations, weights, precision, time, share, kernel, fused

  /// The columns without those that need a measurement.
  static let unmeasured = allCases.filter { $0 != .time && $0 != .share }

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { [.layer, .type, .output, .precision, .kernel, .fused].contains(self) }

  /// The header.
  public var title: String {
    switch self {
    case .index: "#"
    case .fused: "Fused into"
    default: rawValue.capitalizedFirst
    }
  }

  /// What the column holds, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .index: "the place in the order of execution, from 0"
    case .layer: "the layer's name"
    case .type: "the operator, as Conv"
    case .output: "the shape of what it computes, with its element type unless that is float32"
    case .operations: "arithmetic operations of one inference"
    case .weights: "the number of its weights"
    case .precision: "the precision that it is computed in; INT8 where it works on quantized numbers"
    case .kernel: "the microkernel or loop that does the work; reference is right, but slow"
    case .fused: "the layer whose step computes this one along with itself"
    case .time: "the time of one inference that its step takes, the median of several"
    case .share: "the part of the time of all layers"
    }
  }

  /// The column of a table.
  public var column: Column {
    let kind: Column.Kind =
      switch self {
      case .time: .number(.decimals(3, unit: "ms"))
      case .share: .bar(.percent(), maximum: 1)
      default: isText ? .text : .integer
      }
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a layer has in the column.
  public func cell(_ row: LayerRow, _ classes: ClassNames) -> Cell {
    let layer = row.layer
    return switch self {
    case .index: .integer(layer.index)
    case .layer: .text(layer.name)
    case .type: .text(layer.operatorName)
    case .output: .text(layer.outputs.map(Self.text).joined(separator: ", "))
    case .operations: layer.operationCount.map(Cell.integer) ?? .missing
    case .weights: .integer(layer.weightCount)
    case .precision: .text(row.step?.precision ?? (layer.isInteger ? "INT8" : "FP32"))
    case .kernel: row.isFused ? .missing : row.step.map { .text(Self.kernelName($0.kernel)) } ?? .missing
    case .fused: row.isFused ? row.step.map { .text($0.name) } ?? .missing : .missing
    case .time: row.isFused ? .missing : row.step?.seconds.map { .number($0 * 1000) } ?? .missing
    case .share: row.share.map(Cell.number) ?? .missing
    }
  }

  /// A type as `1×32×16×16`, with the element type behind it unless that is float32.
  static func text(_ type: ValueType) -> String {
    let extents = type.shape.dimensions.map(String.init).joined(separator: "×")
    let shape = extents.isEmpty ? "scalar" : extents
    return type.elementType == .float32 ? shape : "\(shape) \(type.elementType.rawValue)"
  }

  /// The name of a microkernel without the prefix that all of them have, its instruction set as a word of its own.
  private static func kernelName(_ name: String) -> String {
    guard name.hasPrefix("mk_") else { return name }
    return name.dropFirst(3).split(separator: "__").joined(separator: " ")
  }
}
