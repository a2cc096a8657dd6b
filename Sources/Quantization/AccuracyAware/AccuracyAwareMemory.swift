import Synchronization

/// What an accuracy-aware quantization has found out so far: given again after an interruption, the work goes on there.
public final class AccuracyAwareMemory: Sendable {
  struct Contents: Sendable {
    var parentAccuracy: Double?
    var base: QuantizationResult?
    /// The mean output error with a layer in floating point, by the layer's node.
    var errors: [Int: Double] = [:]
    /// The accuracy with some layers in floating point, by their nodes.
    var accuracies: [[Int]: Double] = [:]
  }

  let contents = Mutex(Contents())

  /// A memory of nothing.
  public init() {}
}
