public import Tensors

/// Names a value of one graph.
public struct ValueID: Sendable, Hashable, Comparable, Codable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
  public static func < (a: ValueID, b: ValueID) -> Bool { a.index < b.index }
}

/// A tensor that flows through a graph: an input, a constant, or what a node computes.
public struct Value: Sendable {
  /// Unique in its graph and never empty.
  public var name: String
  /// Nil until shapes were inferred.
  public var type: ValueType?
  /// The elements if they are known ahead.
  public var constant: Tensor?
}

/// One application of an operator.
public struct Node: Sendable {
  /// For people; need not be unique.
  public var name: String
  public var op: any Operator
  /// Nil where an optional input is left out.
  public var inputs: [ValueID?]
  /// Nil where an optional output is not wanted.
  public var outputs: [ValueID?]

  public init(name: String, op: any Operator, inputs: [ValueID?], outputs: [ValueID?]) {
    self.name = name
    self.op = op
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The operator's name, as `Conv`.
  public var operatorName: String { type(of: op).name }
}

/// A neural network as a list of nodes in an order in which they can be computed.
///
/// A graph is a value: passes copy and rewrite it. Tensors are in the channel order of the operators' definition (NCHW).
/// Quantized graphs are ordinary graphs with QuantizeLinear and DequantizeLinear nodes.
public struct Graph: Sendable {
  public var name: String
  /// All values, by `ValueID.index`. Values that nothing uses any more stay, so that IDs never change.
  public private(set) var values: [Value] = []
  /// In topological order: a node comes after the producers of its inputs.
  public var nodes: [Node] = []
  /// What is fed, in the model's order; none of them is constant.
  public var inputs: [ValueID] = []
  /// What is computed, in the model's order.
  public var outputs: [ValueID] = []
  /// For each name that is taken, the next number to try behind it.
  private var names: [String: Int] = [:]

  public init(name: String) { self.name = name }

  /// The value of an ID of this graph.
  public subscript(id: ValueID) -> Value {
    get { values[id.index] }
    set { values[id.index] = newValue }
  }

  /// The type of a value, once shapes were inferred.
  public func type(of id: ValueID) -> ValueType? { values[id.index].type }

  /// The elements of a value if they are known ahead.
  public func constant(_ id: ValueID?) -> Tensor? { id.flatMap { values[$0.index].constant } }

  /// Adds a value; a name that is taken gets a number behind it.
  public mutating func addValue(_ name: String, type: ValueType? = nil) -> ValueID {
    values.append(Value(name: uniqueName(name), type: type, constant: nil))
    return ValueID(values.count - 1)
  }

  /// Adds a value whose elements are known.
  public mutating func addConstant(_ name: String, _ tensor: Tensor) -> ValueID {
    values.append(
      Value(name: uniqueName(name), type: ValueType(tensor.elementType, tensor.shape), constant: tensor))
    return ValueID(values.count - 1)
  }

  /// Adds an input of the graph.
  public mutating func addInput(_ name: String, _ type: ValueType) -> ValueID {
    let id = addValue(name, type: type)
    inputs.append(id)
    return id
  }

  /// Appends a node with as many new output values as there are names.
  @discardableResult
  public mutating func append(
    _ op: any Operator, name: String, inputs: [ValueID?], outputNames: [String]? = nil
  ) -> [ValueID] {
    let outputs = (outputNames ?? [name]).map { addValue($0) }
    nodes.append(Node(name: name, op: op, inputs: inputs, outputs: outputs))
    return outputs
  }

  /// Lets every node and every graph output that reads one value read another instead.
  ///
  /// Passes over the whole graph: to replace many values, call `replaceUses(_:)` once.
  public mutating func replaceUses(of old: ValueID, with new: ValueID) { replaceUses([old: new]) }

  /// Lets every node and every graph output that reads one of the keys read its value instead.
  ///
  /// A replacement may itself be replaced; the chain is followed to its end.
  public mutating func replaceUses(_ replacements: [ValueID: ValueID]) {
    guard !replacements.isEmpty else { return }
    func last(_ id: ValueID) -> ValueID {
      var id = id
      var steps = 0
      while let next = replacements[id], steps < replacements.count {
        id = next
        steps += 1
      }
      return id
    }
    for index in nodes.indices {
      for (slot, input) in nodes[index].inputs.enumerated() {
        guard let input, replacements[input] != nil else { continue }
        nodes[index].inputs[slot] = last(input)
      }
    }
    outputs = outputs.map(last)
  }

  /// For each value that a node computes, the index of that node.
  public func producers() -> [ValueID: Int] {
    var producers: [ValueID: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for case let output? in node.outputs { producers[output] = index }
    }
    return producers
  }

  /// For each value that nodes read, the indices of these nodes in order; a node that reads it twice stands twice.
  public func consumers() -> [ValueID: [Int]] {
    var consumers: [ValueID: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      for case let input? in node.inputs { consumers[input, default: []].append(index) }
    }
    return consumers
  }

  /// The value of a name; nil if there is none.
  public func value(named name: String) -> ValueID? {
    values.firstIndex { $0.name == name }.map(ValueID.init)
  }

  private mutating func uniqueName(_ wanted: String) -> String {
    let base = wanted.isEmpty ? "value" : wanted
    guard var suffix = names[base] else {
      names[base] = 2
      return base
    }
    while names["\(base)_\(suffix)"] != nil { suffix += 1 }
    names[base] = suffix + 1
    names["\(base)_\(suffix)"] = 2
    return "\(base)_\(suffix)"
  }
}
