public import Graphs

/// What went wrong while making or running an execution plan.
public struct InferenceError: Error, Sendable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The graph cannot be planned: a type is unknown, or an operator's inputs are of a kind that nothing can run.
    case unsupportedGraph
    /// The tensors fed are not those that the plan wants.
    case wrongInput
    /// The machine has not enough memory for the plan.
    case outOfMemory
    /// An instruction set was asked for that this processor has not.
    case unsupportedInstructionSet
    /// The work was interrupted.
    case cancelled
  }

  public let code: Code
  /// One sentence: what is wrong, and what would be right.
  public let message: String
  /// The node concerned, where there is one.
  public var node: String?

  public init(_ code: Code, _ message: String, node: String? = nil) {
    self.code = code
    self.message = message
    self.node = node
  }

  /// A graph's error seen from a plan.
  public init(_ error: GraphError) {
    var cause = error
    cause.node = nil
    self.init(.unsupportedGraph, cause.description, node: error.node)
  }
}

extension InferenceError: CustomStringConvertible {
  public var description: String { node.map { "“\($0)”: \(message)" } ?? message }
}
