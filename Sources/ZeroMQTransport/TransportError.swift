import CZeroMQ

/// Why the kernel's channels cannot be opened or used.
public struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: Sendable, Equatable {
    /// ZeroMQ or the operating system refused a socket or a descriptor.
    case socketCreation
    /// An option, such as an encryption key, was refused.
    case socketOption
    /// An address cannot be listened on.
    case binding
    /// Waiting for messages failed.
    case polling
    /// Whoever started the kernel did not confirm its ports.
    case registration
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong and what to do about it.
  public let message: String
  /// Where: an address or an option.
  public let context: String

  /// Creates an error.
  public init(_ code: Code, _ message: String, context: String) {
    self.code = code
    self.message = message
    self.context = context
  }

  /// Creates an error that ends in the reason that ZeroMQ gave last on this thread.
  static func last(_ code: Code, _ message: String, context: String) -> TransportError {
    let reason = unsafe String(cString: zmq_strerror(zmq_errno()))
    return TransportError(code, "\(message) (\(reason))", context: context)
  }

  /// The message, with its context in front.
  public var description: String { "\(context): \(message)" }
}
