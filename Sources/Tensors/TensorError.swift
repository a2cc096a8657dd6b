/// What went wrong while making or reading a tensor.
public struct TensorError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// A dimension is negative or the number of elements does not fit in memory.
    case invalidShape
    /// The number of elements differs from what the shape needs.
    case wrongElementCount
    /// The elements are of another type than asked for.
    case wrongElementType
    /// A quantization parameter is not usable.
    case invalidQuantization
  }

  public let code: Code
  /// One sentence: what is wrong, with the values involved.
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension TensorError: CustomStringConvertible {
  public var description: String { message }
}
