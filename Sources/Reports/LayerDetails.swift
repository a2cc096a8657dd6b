import Documents
import Evaluation

/// What unfolds below a layer: what does not fit into its row.
enum LayerDetails {
  /// Inputs, parameters, operation, and what else the same step computes.
  static func card(_ row: LayerRow) -> PictureCard {
    let layer = row.layer
    var sentences = [
      "Inputs, weights among them: \(layer.inputs.map(LayerColumn.text).joined(separator: ", ")).",
      layer.parameters.isEmpty
        ? "All parameters have their defaults." : "Parameters: \(layer.parameters.joined(separator: ", ")).",
    ]
    if let step = row.step {
      let others = step.layers.filter { $0 != layer.name }
      sentences.append("Computed as \(step.operation) in \(step.precision).")
      if !others.isEmpty { sentences.append("The same step computes \(others.joined(separator: ", ")).") }
    }
    return PictureCard(caption: layer.name, note: sentences.joined(separator: " "))
  }
}
