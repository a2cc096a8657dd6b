/// Why the embedded examples cannot be used.
public struct ExampleError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The examples lie in none of the places that are searched.
    case notFound
    /// A file of an example is missing or damaged.
    case damaged
    /// The examples cannot be copied to where they are wanted.
    case cannotCopy
  }

  /// What kind of failure it is.
  public let code: Code
  /// One sentence: what is wrong.
  public let message: String
  /// What to do about it, as an imperative clause.
  public let remedy: String

  init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}

extension ExampleError: CustomStringConvertible {
  /// Cause and remedy in one line.
  public var description: String { "\(message); \(remedy)" }
}
