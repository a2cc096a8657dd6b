/// One file or line of a dataset that could not be used, while the rest could.
public struct DatasetProblem: Sendable, Hashable {
  /// The file concerned, relative to the dataset's root.
  public let path: String
  /// The line of that file, from 1 on, where it is a text file.
  public let line: Int?
  /// Why it could not be used, as a clause such as `the picture is damaged`.
  public let reason: String

  /// Makes a problem of a file, or of a line of it.
  public init(path: String, line: Int? = nil, reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }

  /// An error seen as a problem of one file.
  package init(path: String, error: DatasetError) {
    self.init(path: path, reason: error.message + (error.remedy.map { "; \($0)" } ?? ""))
  }
}

extension DatasetProblem: CustomStringConvertible {
  /// File, line and reason, as `val.txt:7: the label is no number`.
  public var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)" }
}
