public import Tensors

/// What went wrong while building, checking or evaluating a graph.
public struct GraphError: Error, Sendable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// No operator of that name, or not in that opset.
    case unsupportedOperator
    /// An attribute is missing, unknown, of the wrong kind or out of range.
    case invalidAttribute
    /// The number, type or shape of an operator's inputs does not fit it.
    case invalidInput
    /// The graph's structure breaks a rule: see `Graph.validate()`.
    case invalidGraph
    /// A shape is not known before the graph runs.
    case dynamicShape
  }

  public let code: Code
  /// One sentence: what is wrong, and what would be right.
  public let message: String
  /// The operator's name, as `Conv`, where one is concerned.
  public var operatorName: String?
  /// The node's name where one is concerned.
  public var node: String?

  public init(_ code: Code, _ message: String, operatorName: String? = nil, node: String? = nil) {
    self.code = code
    self.message = message
    self.operatorName = operatorName
    self.node = node
  }

  /// A tensor's error seen from a graph.
  public init(_ error: TensorError, operatorName: String? = nil, node: String? = nil) {
    self.init(.invalidInput, error.message, operatorName: operatorName, node: node)
  }

  /// The same error with the node it happened in, where none is named yet.
  public func at(node name: String, operatorName: String) -> GraphError {
    var error = self
    if error.node == nil { error.node = name }
    if error.operatorName == nil { error.operatorName = operatorName }
    return error
  }
}

extension GraphError: CustomStringConvertible {
  public var description: String {
    switch (operatorName, node) {
    case (let name?, let node?): "\(name) “\(node)”: \(message)"
    case (let name?, nil): "\(name): \(message)"
    case (nil, let node?): "“\(node)”: \(message)"
    case (nil, nil): message
    }
  }
}
