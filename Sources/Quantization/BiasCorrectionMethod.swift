/// How the shift that rounded weights and activations give a layer's mean output is taken out of its bias.
public enum BiasCorrectionMethod: String, Sendable, Hashable, CaseIterable {
  /// Biases stay as they are.
  case none
  /// From the rounding errors of the weights and the mean inputs of the floating-point network.
  case fast
  /// The fast way, then layer by layer by running the network quantized so far and comparing the mean outputs.
  case sequential
}
