/// What the predictions of a model are compared with.
public enum TaskReference: Sendable, Hashable {
  /// The annotations of the dataset.
  case annotations
  /// What a parent of this name says.
  case parent(String)

  /// `Model`, or `Optimized Model` where there is a parent.
  var subject: String { self == .annotations ? "Model" : "Optimized Model" }

  /// The reference in words.
  var noun: String { if case .parent(let name) = self { name } else { "the annotations" } }

  /// The title of the report.
  var title: String {
    self == .annotations
      ? "Accuracy Evaluation on Validation Dataset" : "Comparison of Optimized and Parent Model Predictions"
  }

  /// The kind of the report in plain data.
  var name: String { self == .annotations ? "accuracy" : "predictions" }
}

/// How many rows a report has for a picture.
public enum TaskReportView: String, Sendable, Hashable {
  /// One.
  case basic
  /// One for each class.
  case advanced
}
