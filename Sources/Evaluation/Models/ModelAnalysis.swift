public import Graphs
import Tensors

/// What can be said of a network without running it: operations, weights, memory.
///
/// Operations are counted as the DL Workbench counts them, a multiply-accumulate as two.
public struct ModelAnalysis: Sendable {
  /// The nodes in order of execution.
  public let layers: [LayerAnalysis]
  /// Operations of one inference on floating-point numbers.
  public let floatOperationCount: Int
  /// Operations of one inference on dequantized 8-bit numbers, which an engine computes with integers.
  public let integerOperationCount: Int
  /// The elements of all weights, each constant counted once; shapes, scales and zero points are no weights.
  public let weightCount: Int
  /// The bytes that the weights take as they are stored in the graph.
  public let weightByteCount: Int
  /// The weights that are zero.
  public let zeroWeightCount: Int
  /// The elements of the activations that are needed at the same time, at the worst moment.
  public let minimumActivationCount: Int
  /// The elements of all activations together.
  public let maximumActivationCount: Int
  /// The bytes of the activations that are needed at the same time, at the worst moment.
  public let minimumActivationByteCount: Int
  /// The bytes of all activations together.
  public let maximumActivationByteCount: Int
  /// The names of the operators whose operations are not counted.
  public let uncountedOperators: [String]
  /// Whether the graph holds QuantizeLinear or DequantizeLinear nodes.
  public let isQuantized: Bool

  /// Looks at a graph whose types were inferred.
  public init(_ graph: Graph) {
    let weights = WeightCensus(graph)
    var layers: [LayerAnalysis] = []
    var floating = 0
    var integer = 0
    var uncounted: Set<String> = []
    let producers = graph.producers()
    for (index, node) in graph.nodes.enumerated() {
      let inputs = node.inputs.map { $0.flatMap(graph.type(of:)) }
      let outputs = node.outputs.compactMap { $0.flatMap(graph.type(of:)) }
      let operations = node.op.operationCount(inputs: inputs, outputs: outputs)
      let isInteger =
        node.inputs.first.flatMap { $0 }.flatMap { producers[$0] }.map {
          graph.nodes[$0].op is DequantizeLinear
        } ?? false
      let isConversion = node.op is QuantizeLinear || node.op is DequantizeLinear
      if let operations {
        if isInteger { integer += operations } else { floating += operations }
      } else if !isConversion {
        uncounted.insert(node.operatorName)
      }
      layers.append(
        LayerAnalysis(
          index: index, name: node.name, operatorName: node.operatorName, inputs: inputs.compactMap(\.self),
          outputs: outputs, parameters: Self.parameters(of: node.op),
          operationCount: operations, isInteger: isInteger && !isConversion, weightCount: weights.count(of: node)))
    }
    self.layers = layers
    floatOperationCount = floating
    integerOperationCount = integer
    weightCount = weights.total
    weightByteCount = weights.byteCount
    zeroWeightCount = weights.zeroCount
    uncountedOperators = uncounted.sorted()
    isQuantized = graph.nodes.contains { $0.op is QuantizeLinear || $0.op is DequantizeLinear }
    let elements = ActivationCensus(graph) { $0.shape.elementCount }
    let bytes = ActivationCensus(graph) { $0.shape.elementCount * $0.elementType.byteCount }
    minimumActivationCount = elements.peak
    maximumActivationCount = elements.total
    minimumActivationByteCount = bytes.peak
    maximumActivationByteCount = bytes.total
  }

  /// The attributes of an operator as they would be told, each as `group 32`; tensors are left out.
  private static func parameters(of op: any Operator) -> [String] {
    op.attributes.sorted { $0.key < $1.key }.compactMap { name, value in
      switch value {
      case .integer(let value): "\(name) \(value)"
      case .float(let value): "\(name) \(value)"
      case .string(let value): "\(name) \(value)"
      case .integers(let values): "\(name) " + values.map(String.init).joined(separator: " ")
      case .floats(let values): "\(name) " + values.map { "\($0)" }.joined(separator: " ")
      case .strings(let values): "\(name) " + values.joined(separator: " ")
      case .tensor: nil
      }
    }
  }

  /// The part of the weights that is zero, from 0 to 1; 0 where there are no weights.
  public var sparsity: Double { weightCount == 0 ? 0 : Double(zeroWeightCount) / Double(weightCount) }
}

/// What can be said of one node of a network.
public struct LayerAnalysis: Sendable, Hashable {
  /// The place in the order of execution, from 0.
  public let index: Int
  /// The node's name.
  public let name: String
  /// The operator, as `Conv`.
  public let operatorName: String
  /// The types of the inputs, weights among them.
  public let inputs: [ValueType]
  /// The types of the outputs.
  public let outputs: [ValueType]
  /// The attributes that are not at their default, each as `group 32`, by name.
  public let parameters: [String]
  /// Operations of one inference; nil where they are not counted.
  public let operationCount: Int?
  /// Whether the node works on dequantized 8-bit numbers.
  public let isInteger: Bool
  /// The elements of the weights that the node reads.
  public let weightCount: Int
}

/// Counts the weights of a graph.
private struct WeightCensus {
  private(set) var total = 0
  private(set) var byteCount = 0
  private(set) var zeroCount = 0
  private let graph: Graph
  private let producers: [ValueID: Int]

  init(_ graph: Graph) {
    self.graph = graph
    producers = graph.producers()
    var seen: Set<ValueID> = []
    for node in graph.nodes {
      for id in Self.weights(of: node, in: graph) where seen.insert(id).inserted {
        guard let tensor = graph.constant(id) else { continue }
        total += tensor.elementCount
        byteCount += tensor.byteCount
        zeroCount += tensor.doubles.count { $0 == 0 }
      }
    }
  }

  /// The weights of a node, also those that reach it through QuantizeLinear and DequantizeLinear.
  func count(of node: Node) -> Int {
    var count = Self.weights(of: node, in: graph).compactMap { graph.constant($0)?.elementCount }.reduce(0, +)
    guard !Self.isConversion(node) else { return 0 }
    for case let id? in node.inputs {
      var source = id
      while let producer = producers[source], Self.isConversion(graph.nodes[producer]),
        let input = graph.nodes[producer].inputs.first ?? nil
      {
        source = input
      }
      if source != id, let tensor = graph.constant(source) { count += tensor.elementCount }
    }
    return count
  }

  private static func isConversion(_ node: Node) -> Bool { node.op is QuantizeLinear || node.op is DequantizeLinear }

  private static func weights(of node: Node, in graph: Graph) -> [ValueID] {
    let candidates = isConversion(node) ? Array(node.inputs.prefix(1)) : node.inputs
    return candidates.compactMap(\.self).filter { id in
      guard let type = graph.constant(id)?.elementType else { return false }
      return type != .int64 && type != .bool
    }
  }
}

/// Counts the activations of a graph in some measure.
private struct ActivationCensus {
  private(set) var total = 0
  private(set) var peak = 0

  init(_ graph: Graph, measure: (ValueType) -> Int) {
    var lastUse: [ValueID: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for case let id? in node.inputs { lastUse[id] = index }
    }
    for id in graph.outputs { lastUse[id] = graph.nodes.count }
    func size(_ id: ValueID) -> Int { graph.constant(id) == nil ? graph.type(of: id).map(measure) ?? 0 : 0 }
    var live = graph.inputs.map(size).reduce(0, +)
    total = live
    peak = live
    for (index, node) in graph.nodes.enumerated() {
      let made = node.outputs.compactMap(\.self)
      let produced = made.map(size).reduce(0, +)
      live += produced
      total += produced
      peak = max(peak, live)
      let ended = Set(node.inputs.compactMap(\.self) + made).filter { (lastUse[$0] ?? index) == index }
      live -= ended.map(size).reduce(0, +)
    }
  }
}
