/// Why the kernel cannot run.
public struct KernelHostError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: Sendable, Equatable {
    /// The system refused a thread.
    case threadCreation
    /// A file cannot be used.
    case file
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong and what to do about it.
  public let message: String
  /// Where: a thread's name or a path.
  public let context: String

  /// Creates an error.
  public init(_ code: Code, _ message: String, context: String) {
    self.code = code
    self.message = message
    self.context = context
  }

  /// The message, with its context in front.
  public var description: String { "\(context): \(message)" }
}
