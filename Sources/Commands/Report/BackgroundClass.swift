import CommandLanguage
import Datasets
import Evaluation

/// Whether a model counts the background as class 0, which annotations do not.
enum BackgroundClass {
  /// The label that says so.
  static let label = ParameterSignature(
    "background", .bool,
    absent: "true where the model's first class is named background, or where that makes far more predictions right",
    "Whether the model's class 0 is the background, so that an annotation n means its class n + 1.")

  /// What is added to an annotation to get the model's class.
  ///
  /// - Parameter predictions: by which it is decided where nothing is said and no class is named background.
  static func offset(_ arguments: BoundCommand, _ model: Model, _ predictions: Predictions) -> Int {
    if let isBackground = arguments.bool("background") { return isBackground ? 1 : 0 }
    guard model.labels == nil else { return model.labels?[0]?.lowercased() == "background" ? 1 : 0 }
    let annotated = predictions.samples.map { $0.classIndex ?? -1 }
    guard let largest = annotated.max(), largest < predictions.outputCount - 1 else { return 0 }
    let best = predictions.samples.indices.map { predictions.scores(ofSample: $0).best }
    func correct(_ offset: Int) -> Double { Double(zip(annotated, best).count { $0 >= 0 && $0 + offset == $1 }) }
    // So many more than chance explains.
    return correct(1) > correct(0) + 3 * (correct(0) + 1).squareRoot() ? 1 : 0
  }
}
