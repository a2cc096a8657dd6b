import Graphs
import Tensors

/// A graph that grows layer by layer, with the type of every value known at once, and what is constant computed at once.
struct IRGraphBuilder {
  /// The operator set whose definitions the layers are expressed in.
  static let opset = 21
  /// Above this number of elements, constants are left to the passes.
  private static let smallElementCount = 4096

  private var graph: Graph
  private let network: IRNetwork
  private let readerCounts: [IRNetwork.Source: Int]
  private var values: [IRNetwork.Source: IRValue] = [:]
  private var constants: [IRNetwork.Source: ValueID] = [:]
  private var producers: [ValueID: Int] = [:]
  private var notes: [String] = []
  private var index = 0

  init(_ network: IRNetwork) {
    self.network = network
    graph = Graph(name: network.name)
    readerCounts = network.sources.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The name by which the first tensor that a layer gives is known.
  static func outputName(_ layer: IRLayer) -> String { layer.outputs.first?.names.first ?? layer.name }

  /// Turns to a layer.
  mutating func begin(_ index: Int) { self.index = index }

  /// The layer at hand.
  var layer: IRLayer { network.layers[index] }

  /// How many inputs the layer at hand has.
  var inputCount: Int { network.sources[index].count }

  /// Notes something for the user.
  mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// Adds an input of the network, which is what the layer at hand gives.
  mutating func addInput(_ name: String, _ type: ValueType) { set(.computed(graph.addInput(name, type))) }

  /// Makes what the layer at hand reads an output of the network.
  mutating func addOutput() throws(ModelFormatError) {
    let id = try input(0)
    graph.outputs.append(id)
  }

  // MARK: What a layer reads

  /// What an input of the layer at hand is.
  ///
  /// - Throws: `ModelFormatError.invalidModel` if it lists fewer.
  func value(_ place: Int) throws(ModelFormatError) -> IRValue {
    guard place < inputCount, let value = values[network.sources[index][place]] else {
      throw layer.error(.invalidModel, "needs \(place + 1) inputs", remedy: "export the model again")
    }
    return value
  }

  /// An input of the layer at hand as a value of the graph.
  ///
  /// - Throws: as `value`.
  mutating func input(_ place: Int) throws(ModelFormatError) -> ValueID {
    let value = try value(place)
    let source = network.sources[index][place]
    if case .computed(let id) = value { return id }
    if let known = constants[source] { return known }
    let name = Self.outputName(network.layers[source.layer])
    let id: ValueID
    switch value {
    case .computed(let computed): id = computed
    case .constant(let tensor): id = graph.addConstant(name, tensor)
    case .quantized(let constant): id = try add(constant, named: name)
    }
    constants[source] = id
    return id
  }

  /// An input of the layer at hand if it is known ahead.
  func constant(_ place: Int) throws(ModelFormatError) -> Tensor? {
    switch try value(place) {
    case .computed(let id): graph.constant(id)
    case .constant(let tensor): tensor
    case .quantized(let constant): constant.floats
    }
  }

  /// An input of the layer at hand as integers that are known ahead.
  ///
  /// - Parameter what: what they are, as `axes`.
  /// - Throws: `ModelFormatError.unsupportedFeature` if they are computed.
  func integers(_ place: Int, _ what: String) throws(ModelFormatError) -> [Int64] {
    guard let numbers = try constant(place)?.integers else {
      throw layer.error(
        .unsupportedFeature, "its \(what) depend on what the network computes, which is not supported",
        remedy: "export the model with static shapes")
    }
    return numbers
  }

  /// The shape of an input of the layer at hand.
  func shape(_ place: Int) throws(ModelFormatError) -> Shape {
    switch try value(place) {
    case .computed(let id): graph.type(of: id)?.shape ?? .scalar
    case .constant(let tensor): tensor.shape
    case .quantized(let constant): constant.integers.shape
    }
  }

  /// The type of a value of the graph.
  func type(of id: ValueID) -> ValueType? { graph.type(of: id) }

  /// Whether nothing but the layer at hand reads one of its inputs. A Convert may pass on a value that others read too.
  func isOnlyReader(of place: Int) -> Bool {
    guard place < inputCount else { return false }
    let source = network.sources[index][place]
    return readerCounts[source] == 1 && network.layers[source.layer].type != "Convert"
  }

  /// Whether no element of a value can be below zero, as far as the node that computes it tells.
  func isNeverNegative(_ id: ValueID) -> Bool {
    guard let node = producer(of: id) else { return false }
    if node.op is Relu || node.op is Sigmoid { return true }
    guard node.op is Clip, node.inputs.count > 1, let lower = graph.constant(node.inputs[1]) else { return false }
    return lower.doubles.allSatisfy { $0 >= 0 }
  }

  /// The node that computes a value.
  func producer(of id: ValueID) -> Node? { producers[id].map { graph.nodes[$0] } }

  // MARK: What a layer gives

  /// Adds a constant of the layer at hand.
  mutating func add(_ tensor: Tensor, _ suffix: String) -> ValueID {
    graph.addConstant("\(layer.name)/\(suffix)", tensor)
  }

  /// Adds integers that stand for floats, with a DequantizeLinear behind them.
  mutating func add(_ constant: QuantizedConstant, named name: String) throws(ModelFormatError) -> ValueID {
    guard constant.scales.contains(where: { $0 != 1 }) || constant.axes != nil, constant.axes?.count ?? 1 == 1,
      let (integers, points) = constant.centred
    else {
      guard let floats = constant.floats else { throw layer.error(.invalidModel, "weights do not fit their scales") }
      return graph.addConstant(name, floats)
    }
    let isVector = constant.axes != nil
    let scales = isVector ? Tensor(vector: constant.scales) : Tensor(scalar: constant.scales[0])
    var inputs = [graph.addConstant("\(name)/integers", integers), graph.addConstant("\(name)/scale", scales)]
    if points.contains(where: { $0 != 0 }) {
      let zeros = isVector ? Tensor(vector: points) : Tensor(scalar: points[0])
      inputs.append(graph.addConstant("\(name)/zero_point", zeros.converted(to: integers.elementType)))
    }
    return try append(DequantizeLinear(axis: constant.axes?.lowerBound ?? 1), inputs, name: name, valueName: name)
  }

  /// Adds a node of the layer at hand; what only has small constants to read is computed at once.
  ///
  /// - Parameter part: what the node does in a layer of several nodes; nil for the one that gives the layer's result.
  /// - Throws: `ModelFormatError` where the operator does not take the inputs.
  mutating func apply(
    _ operatorName: String, _ inputs: [ValueID?], _ attributes: [String: AttributeValue] = [:], part: String? = nil
  ) throws(ModelFormatError) -> ValueID {
    let name = part.map { "\(layer.name)/\($0)" } ?? layer.name
    let op: any Operator
    do {
      op = try OperatorCatalog.make(operatorName, node: name, opset: Self.opset, attributes: attributes)
    } catch { throw layer.error(ModelFormatError(error).code, error.description) }
    return try append(op, inputs, name: name, valueName: part == nil ? Self.outputName(layer) : name)
  }

  /// Adds a node of several outputs, which are what the layer at hand gives.
  ///
  /// - Throws: as `apply`.
  mutating func applySplit(_ inputs: [ValueID?], axis: Int) throws(ModelFormatError) {
    let op = Split(axis: axis)
    let count = layer.outputs.count
    do throws(GraphError) {
      let types = try op.inferTypes(inputs.map { $0.flatMap(operand) }, outputCount: count)
      var outputs: [ValueID] = []
      for (place, type) in types.enumerated() {
        let name = layer.outputs[place].names.first ?? "\(layer.name).\(place)"
        outputs.append(graph.addValue(name, type: type))
        producers[outputs[place]] = graph.nodes.count
        values[IRNetwork.Source(layer: index, output: place)] = .computed(outputs[place])
      }
      graph.nodes.append(Node(name: layer.name, op: op, inputs: inputs, outputs: outputs))
    } catch { throw layer.error(ModelFormatError(error).code, error.description) }
  }

  private func operand(_ id: ValueID) -> Operand? {
    graph.type(of: id).map { Operand(type: $0, constant: graph.constant(id)) }
  }

  private mutating func append(
    _ op: any Operator, _ inputs: [ValueID?], name: String, valueName: String
  ) throws(ModelFormatError) -> ValueID {
    do throws(GraphError) {
      let operands = inputs.map { $0.flatMap(operand) }
      let types = try op.inferTypes(operands, outputCount: 1)
      guard let type = types.first else { throw GraphError(.invalidGraph, "gives nothing") }
      if !(op is DequantizeLinear), type.shape.elementCount <= Self.smallElementCount,
        zip(inputs, operands).allSatisfy({ input, operand in
          input == nil || operand?.constant.map { $0.elementCount <= Self.smallElementCount } ?? false
        }), let result = try? op.evaluate(operands.map { $0?.constant }, outputCount: 1).first
      {
        return graph.addConstant(valueName, result)
      }
      let output = graph.addValue(valueName, type: type)
      producers[output] = graph.nodes.count
      graph.nodes.append(Node(name: name, op: op, inputs: inputs, outputs: [output]))
      return output
    } catch { throw layer.error(ModelFormatError(error).code, error.description) }
  }

  /// Replaces the operator and the inputs of the node that computes a value.
  mutating func replaceProducer(of id: ValueID, _ op: any Operator, _ inputs: [ValueID?]) {
    guard let place = producers[id] else { return }
    graph.nodes[place].op = op
    graph.nodes[place].inputs = inputs
  }

  /// Sets what the layer at hand gives.
  mutating func set(_ value: IRValue) {
    values[IRNetwork.Source(layer: index, output: 0)] = value
  }

  /// Sets what the layer at hand gives to a value of the graph.
  mutating func set(_ id: ValueID) {
    if let tensor = graph.constant(id) { set(.constant(tensor)) } else { set(.computed(id)) }
  }

  /// The graph without nodes that nothing reads, and what there is to say about it.
  ///
  /// - Throws: `ModelFormatError.invalidModel` if there is no output.
  consuming func finished() throws(ModelFormatError) -> (Graph, [String]) {
    guard !graph.outputs.isEmpty else { throw ModelFormatError(.invalidModel, "the network has no Result") }
    guard !graph.inputs.isEmpty else { throw ModelFormatError(.invalidModel, "the network has no Parameter") }
    do {
      try EliminateDeadNodes().run(on: &graph)
      try graph.inferTypes()
    } catch { throw ModelFormatError(error) }
    return (graph, notes)
  }
}
