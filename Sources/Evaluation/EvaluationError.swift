import Tensors

/// What went wrong while running or measuring models.
public struct EvaluationError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The model does not take one picture.
    case notForPictures
    /// The model does not give one score for each class.
    case notAClassifier
    /// A model's outputs are not those of a task.
    case unexpectedOutput
    /// Two models or results do not belong together.
    case mismatch
    /// A setting of a measurement is impossible.
    case invalidSetting
    /// A file is no NumPy array, or of a kind that is not read.
    case invalidArrayFile
    /// A file cannot be read.
    case unreadableFile
    /// A file cannot be written.
    case cannotWrite
  }

  /// What kind of failure it is.
  public let code: Code
  /// One sentence: what is wrong.
  public let message: String
  /// What to do about it, as an imperative clause; nil if there is nothing to advise.
  public let remedy: String?

  /// Makes an error; the message and the remedy have no full stop.
  public init(_ code: Code, _ message: String, remedy: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}

extension EvaluationError {
  /// Outputs that are not of the types that the model promised.
  static func unexpectedOutputs(_ outputs: [Tensor]) -> EvaluationError {
    EvaluationError(
      .unexpectedOutput,
      "the model gave outputs of the shapes \(outputs.map(\.shape.description).joined(separator: ", ")), which are not "
        + "those that it was loaded with", remedy: "load it with static shapes")
  }
}

extension EvaluationError: CustomStringConvertible {
  /// Cause and remedy in one line.
  public var description: String { message + (remedy.map { "; \($0)" } ?? "") }
}
