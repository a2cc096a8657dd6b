/// The outcome of a quantization with a bound on the accuracy drop.
public struct AccuracyAwareResult: Sendable {
  /// One model that was measured.
  public struct Step: Sendable, Hashable {
    /// The layer that went back to floating point in this step; nil for the first, in which all are quantized.
    public let layer: String?
    /// How many layers are in floating point on demand.
    public let revertedCount: Int
    /// The top-1 accuracy on the validation samples, 0 to 1.
    public let accuracy: Double
    /// The drop from the parent, as the bound counts it.
    public let drop: Double
  }

  /// The best model: one within the bound, if there is one, else the one with the highest accuracy.
  public let best: QuantizationResult
  /// The model with all layers quantized.
  public let full: QuantizationResult
  /// The parent's top-1 accuracy.
  public let parentAccuracy: Double
  /// The best model's top-1 accuracy.
  public let accuracy: Double
  /// The best model's drop, as the bound counts it.
  public let drop: Double
  /// Whether that is within the bound.
  public let isWithinBound: Bool
  /// The models that were measured, in order.
  public let steps: [Step]
  /// The layers of the best model that went back to floating point, in the order of their effect.
  public let reverted: [String]
  /// How many samples the accuracies are of.
  public let validatedSamples: Int
}
