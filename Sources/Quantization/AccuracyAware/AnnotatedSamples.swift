/// Samples of which the right class is known.
public struct AnnotatedSamples: Sendable {
  /// The inputs.
  public let samples: CalibrationSamples
  /// The index of each sample's class among the model's outputs.
  public let classes: [Int]

  /// Takes samples, and as many classes.
  public init(samples: CalibrationSamples, classes: [Int]) {
    self.samples = samples
    self.classes = classes
  }
}
