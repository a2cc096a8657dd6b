import Graphs
import Tensors

/// Which nodes of a graph are computed on 8-bit integers, and which values are quantized for them.
///
/// A layer with weights takes a quantized input. The demand goes up through nodes that can work on quantized numbers, as
/// far as these come from layers or inputs of the graph. The sum of a layer and a shortcut is quantized once: what the
/// layer gives goes into the sum as it is.
struct QuantizerPlacement {
  /// The layers with weights, in the graph's order.
  private(set) var layers: [WeightedLayer] = []
  /// Other nodes that read and give quantized values.
  private(set) var operations: Set<Int> = []
  /// For each node that is computed in floating point, why.
  private(set) var floatReasons: [Int: String] = [:]
  /// The quantized values by group.
  private(set) var groups: [ParameterGroup] = []
  /// All quantized values.
  private(set) var quantizedValues: Set<ValueID> = []
  /// The quantized values that a layer, an operation or an input of the graph gives without going through floats.
  private(set) var integerValues: Set<ValueID> = []
  /// Sums that could be computed on integers, but stay in floating point so that errors do not add up along shortcuts.
  private(set) var floatSums: Set<Int> = []

  private let graph: Graph
  private let producers: [ValueID: Int]
  private let consumers: [ValueID: [Int]]
  private var layerNodes: Set<Int> = []

  /// Places quantizers in a graph with inferred types.
  ///
  /// - Parameters:
  ///   - ignored: for each node that must stay in floating point, what said so.
  ///   - keepsSums: whether sums along shortcuts stay in floating point.
  init(_ graph: Graph, ignored: [Int: String], keepsSums: Bool = false) {
    self.graph = graph
    producers = graph.producers()
    consumers = graph.consumers()
    for index in graph.nodes.indices {
      if let entry = ignored[index] {
        floatReasons[index] = "it is in the ignored scope (\(entry))"
        continue
      }
      do throws(WeightedLayer.Rejection) {
        layers.append(try WeightedLayer(index, in: graph))
        layerNodes.insert(index)
      } catch {
        switch error {
        case .notWeighted: break
        case .reason(let reason): floatReasons[index] = reason
        }
      }
    }
    var roles = graph.nodes.indices.map { index in
      floatReasons[index] == nil && !layerNodes.contains(index)
        ? OperatorRole(of: graph.nodes[index], in: graph) : .computesInFloat
    }
    for index in graph.nodes.indices {
      if let shuffle = ChannelShuffle(startingAt: index, in: graph, consumers: consumers),
        shuffle.nodes.allSatisfy({ floatReasons[$0] == nil }), graph.type(of: shuffle.input)?.elementType == .float32
      {
        for node in shuffle.nodes { roles[node] = .keepsParameters }
      }
    }
    if keepsSums {
      for index in roles.indices where roles[index] == .adds && sumsLayers(index) {
        roles[index] = .computesInFloat
        floatSums.insert(index)
        floatReasons[index] = "sums stay in floating point, so that errors do not add up along shortcuts"
      }
    }
    let available = availableValues(roles)
    demand(roles, available)
    explainFloats(roles)
    integerValues = quantizedValues.filter { value in
      producers[value].map { layerNodes.contains($0) || operations.contains($0) } ?? false
    }
    groups = makeGroups(roles)
  }

  /// Whether a sum's operands come from layers without an activation, or from such sums.
  private func sumsLayers(_ node: Int) -> Bool {
    Self.data(of: graph.nodes[node]).allSatisfy { operand in
      guard let producer = producers[operand] else { return false }
      let isLinear = (graph.nodes[producer].op as? any ActivationFusing)?.activation == .identity
      return isLinear && (layerNodes.contains(producer) || floatSums.contains(producer))
    }
  }

  /// Whether a node reads its activations quantized.
  func readsQuantized(_ node: Int) -> Bool { layerNodes.contains(node) || operations.contains(node) }

  /// The values that can be had as integers: what layers give, and what operations make of such.
  private func availableValues(_ roles: [OperatorRole]) -> Set<ValueID> {
    var available = Set(graph.inputs.filter { graph.type(of: $0)?.elementType == .float32 })
    for (index, node) in graph.nodes.enumerated() {
      let isAvailable =
        switch roles[index] {
        case .computesInFloat: layerNodes.contains(index)
        case .keepsParameters, .requantizes: Self.data(of: node).prefix(1).allSatisfy(available.contains)
        case .joins, .adds, .multiplies: Self.data(of: node).allSatisfy(available.contains)
        }
      if isAvailable { available.formUnion(node.outputs.compactMap(\.self)) }
    }
    return available
  }

  /// From the last node to the first, asks for what quantized nodes read.
  private mutating func demand(_ roles: [OperatorRole], _ available: Set<ValueID>) {
    for (index, node) in graph.nodes.enumerated().reversed() {
      if layerNodes.contains(index) {
        if let data = node.inputs.first ?? nil { quantizedValues.insert(data) }
        continue
      }
      guard roles[index] != .computesInFloat,
        node.outputs.contains(where: { $0.map { quantizedValues.contains($0) && available.contains($0) } ?? false })
      else { continue }
      operations.insert(index)
      switch roles[index] {
      case .computesInFloat: break
      case .keepsParameters, .requantizes: quantizedValues.formUnion(Self.data(of: node).prefix(1))
      case .joins, .multiplies: quantizedValues.formUnion(Self.data(of: node))
      case .adds:
        let fused = fusedOperand(of: node)
        quantizedValues.formUnion(Self.data(of: node).filter { $0 != fused })
      }
    }
  }

  /// The operand of a sum that its layer adds without quantizing it first: of the last layer that nothing else reads.
  private func fusedOperand(of node: Node) -> ValueID? {
    let operands = Self.data(of: node)
    guard operands.count == 2, operands[0] != operands[1] else { return nil }
    return operands.filter { operand in
      guard let producer = producers[operand], layerNodes.contains(producer), consumers[operand]?.count == 1,
        !graph.outputs.contains(operand)
      else { return false }
      return (graph.nodes[producer].op as? any ActivationFusing)?.activation == .identity
    }.max { (producers[$0] ?? 0) < (producers[$1] ?? 0) }
  }

  private mutating func explainFloats(_ roles: [OperatorRole]) {
    for (index, node) in graph.nodes.enumerated() where floatReasons[index] == nil && !readsQuantized(index) {
      if roles[index] == .computesInFloat {
        floatReasons[index] = "\(node.operatorName) is computed in floating point"
      } else {
        let isWanted = node.outputs.contains { $0.map(quantizedValues.contains) ?? false }
        floatReasons[index] =
          isWanted ? "its inputs are computed in floating point" : "no quantized layer reads its result"
      }
    }
  }

  private func makeGroups(_ roles: [OperatorRole]) -> [ParameterGroup] {
    var union = ValueUnion()
    var derived: Set<ValueID> = []
    for index in operations.sorted() {
      let node = graph.nodes[index]
      guard let output = node.outputs.first ?? nil else { continue }
      switch roles[index] {
      case .keepsParameters:
        for input in Self.data(of: node).prefix(1) {
          for case let output? in node.outputs {
            union.join(input, output)
            derived.insert(output)
          }
        }
      case .joins:
        for input in Self.data(of: node) { union.join(input, output) }
        derived.insert(output)
      case .requantizes, .adds, .multiplies, .computesInFloat: break
      }
    }
    var groups: [ValueID: ParameterGroup] = [:]
    for value in quantizedValues.sorted() {
      let root = union.representative(of: value)
      groups[root, default: ParameterGroup(members: [], sources: [])].members.append(value)
      if !derived.contains(value) { groups[root]?.sources.append(value) }
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The inputs that are activations; shapes and axes are left out.
  private static func data(of node: Node) -> [ValueID] {
    switch node.op {
    case is Reshape, is Squeeze, is Unsqueeze, is ReduceMean, is Dropout, is BatchNormalization, is Clip, is Slice,
      is Split, is Resize:
      node.inputs.prefix(1).compactMap(\.self)
    default: node.inputs.compactMap(\.self)
    }
  }
}
