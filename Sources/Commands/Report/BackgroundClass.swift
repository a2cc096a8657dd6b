import CommandLanguage
import Datasets

/// Whether a model counts the background as class 0, which annotations do not.
enum BackgroundClass {
  /// The label that says so.
  static let label = ParameterSignature(
    "background", .bool, absent: "true where the model's first class is named background",
    "Whether the model's class 0 is the background, so that an annotation n means its class n + 1.")

  /// What is added to an annotation to get the model's class.
  static func offset(_ arguments: BoundCommand, _ model: Model) -> Int {
    if let isBackground = arguments.bool("background") { return isBackground ? 1 : 0 }
    return model.labels?[0]?.lowercased() == "background" ? 1 : 0
  }
}
