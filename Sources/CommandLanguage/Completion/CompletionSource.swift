/// Where completion looks for what the language itself cannot know.
///
/// Called while somebody waits for a list, so answers should come within some milliseconds; an empty answer is fine.
public protocol CompletionSource {
  /// Files and folders whose path begins with `prefix`, as they would be written; folders end with `/`.
  ///
  /// - Parameters:
  ///   - prefix: The path as typed so far, without quotes or escapes; may be empty.
  ///   - kinds: What is asked for; none means anything. Folders are to be given in any case, as the way to files.
  func files(prefix: String, kinds: [FileKind]) -> [String]
  /// The file names of samples of the dataset with this name that begin with `prefix`, some hundred at most.
  func elements(of name: String, prefix: String) -> [String]
  /// The columns of what a name stands for.
  func columns(of name: String) -> [ColumnSignature]
}

/// A source that knows nothing.
public struct EmptyCompletionSource: CompletionSource, Sendable {
  /// A source that knows nothing.
  public init() {}
  /// No files.
  public func files(prefix: String, kinds: [FileKind]) -> [String] { [] }
  /// No samples.
  public func elements(of name: String, prefix: String) -> [String] { [] }
  /// No columns.
  public func columns(of name: String) -> [ColumnSignature] { [] }
}
