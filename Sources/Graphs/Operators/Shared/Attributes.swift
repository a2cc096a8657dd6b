public import Tensors

/// The value of one attribute of a node.
public enum AttributeValue: Sendable, Hashable {
  case integer(Int64)
  case float(Float)
  case string(String)
  case tensor(Tensor)
  case integers([Int64])
  case floats([Float])
  case strings([String])
}

/// Hands a node's attributes to its operator, and notices those that nobody asked for.
public struct AttributeReader: Sendable {
  public let operatorName: String
  public let node: String
  /// The version of the operator set that the model names.
  public let opset: Int
  private var values: [String: AttributeValue]

  public init(operatorName: String, node: String, opset: Int, values: [String: AttributeValue]) {
    self.operatorName = operatorName
    self.node = node
    self.opset = opset
    self.values = values
  }

  /// Whether the attribute is there and was not read yet.
  public func has(_ name: String) -> Bool { values[name] != nil }

  /// An integer attribute, or nil where it is left out.
  public mutating func integer(_ name: String) throws(GraphError) -> Int? {
    switch values.removeValue(forKey: name) {
    case nil: return nil
    case .integer(let value)?: return Int(value)
    case let other?: throw wrongKind(name, "an integer", other)
    }
  }

  public mutating func integer(_ name: String, default standard: Int) throws(GraphError) -> Int {
    try integer(name) ?? standard
  }

  /// A list of integers, or nil where it is left out.
  public mutating func integers(_ name: String) throws(GraphError) -> [Int]? {
    switch values.removeValue(forKey: name) {
    case nil: return nil
    case .integers(let values)?: return values.map { Int($0) }
    case .floats(let list)? where list.isEmpty: return []
    case let other?: throw wrongKind(name, "a list of integers", other)
    }
  }

  /// A number, or nil where it is left out.
  public mutating func float(_ name: String) throws(GraphError) -> Float? {
    switch values.removeValue(forKey: name) {
    case nil: return nil
    case .float(let value)?: return value
    case let other?: throw wrongKind(name, "a number", other)
    }
  }

  public mutating func float(_ name: String, default standard: Float) throws(GraphError) -> Float {
    try float(name) ?? standard
  }

  /// A list of numbers, or nil where it is left out.
  public mutating func floats(_ name: String) throws(GraphError) -> [Float]? {
    switch values.removeValue(forKey: name) {
    case nil: return nil
    case .floats(let values)?: return values
    case .integers(let list)? where list.isEmpty: return []
    case let other?: throw wrongKind(name, "a list of numbers", other)
    }
  }

  /// A text, or nil where it is left out.
  public mutating func string(_ name: String) throws(GraphError) -> String? {
    switch values.removeValue(forKey: name) {
    case nil: return nil
    case .string(let value)?: return value
    case let other?: throw wrongKind(name, "a text", other)
    }
  }

  /// A tensor, or nil where it is left out.
  public mutating func tensor(_ name: String) throws(GraphError) -> Tensor? {
    switch values.removeValue(forKey: name) {
    case nil: return nil
    case .tensor(let value)?: return value
    case let other?: throw wrongKind(name, "a tensor", other)
    }
  }

  /// Reads past an attribute that has no bearing on the result.
  public mutating func ignore(_ name: String) { values.removeValue(forKey: name) }

  /// An error about an attribute of this node.
  public func invalid(_ name: String, _ message: String) -> GraphError {
    GraphError(.invalidAttribute, "attribute \(name) \(message)", operatorName: operatorName, node: node)
  }

  /// Checks that every attribute was read.
  ///
  /// - Throws: `GraphError.invalidAttribute` naming the first one that was not.
  public func finish() throws(GraphError) {
    if let name = values.keys.min() {
      throw invalid(name, "is not known in opset \(opset)")
    }
  }

  private func wrongKind(_ name: String, _ wanted: String, _ found: AttributeValue) -> GraphError {
    invalid(name, "must be \(wanted)")
  }
}
