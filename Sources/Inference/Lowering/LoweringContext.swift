internal import Graphs
internal import Tensors

/// What a lowering knows of the graph, and the steps and buffers it has made so far.
struct LoweringContext {
  let graph: Graph
  let set: InstructionSet
  let observed: Set<ValueID>
  let producers: [ValueID: Int]
  let consumers: [ValueID: [Int]]
  private(set) var steps: [any PlanStep] = []
  /// Sizes of the buffers in bytes.
  private(set) var bufferSizes: [Int] = []
  /// Where each value lies, in each form that something asked for so far.
  private var places: [ValueID: [Location]] = [:]
  /// What QuantizeLinear nodes gave, in the form in which the plan keeps it.
  private var quantized: [ValueID: QuantizedValue] = [:]
  /// Nodes that another node's step computes.
  private var claimed: Set<Int> = []
  /// Nodes whose step is made when the node that will claim them is reached.
  private var deferred: Set<Int> = []
  /// Values that are computed in their place in a concatenation.
  private var views: [ValueID: ConcatenationView] = [:]
  /// The buffers of those concatenations that have one so far.
  private var sharedBuffers: [ValueID: Int] = [:]

  init(_ graph: Graph, _ set: InstructionSet, observed: Set<ValueID>) {
    self.graph = graph
    self.set = set
    self.observed = observed
    producers = graph.producers()
    consumers = graph.consumers()
    views = ConcatenationView.views(in: self)
  }

  var vectors: VectorMicrokernels { VectorMicrokernels(set: set) }

  // MARK: Steps and buffers

  /// Makes room for a value and says where.
  mutating func allocate(_ layout: PhysicalLayout) -> Location {
    bufferSizes.append(layout.byteCount)
    return Location(buffer: bufferSizes.count - 1, byteOffset: 0, layout: layout)
  }

  /// Makes room for a value that its step may write with any distance between pixels: its place in a concatenation, if
  /// it has one.
  mutating func allocate(_ layout: PhysicalLayout, for value: ValueID) -> Location {
    guard let view = views[value], let located = view.layout(of: layout) else { return allocate(layout) }
    let buffer = sharedBuffers[view.root] ?? allocate(view.whole).buffer
    sharedBuffers[view.root] = buffer
    return Location(
      buffer: buffer, byteOffset: view.firstChannel * layout.elementType.byteCount, layout: located)
  }

  mutating func append(_ step: any PlanStep) { steps.append(step) }

  // MARK: Nodes

  mutating func claim(_ node: Int) { claimed.insert(node) }
  func isClaimed(_ node: Int) -> Bool { claimed.contains(node) }
  mutating func `defer`(_ node: Int) { deferred.insert(node) }
  func isDeferred(_ node: Int) -> Bool { deferred.contains(node) }
  mutating func undefer(_ node: Int) { deferred.remove(node) }

  /// The only node that reads a value, if nothing else does and nobody watches it.
  func soleConsumer(of value: ValueID) -> Int? {
    guard !observed.contains(value), !graph.outputs.contains(value), let readers = consumers[value], readers.count == 1
    else { return nil }
    return readers[0]
  }

  /// The QuantizeLinear that is the only reader of a value, with its parameters, if it quantizes per-tensor to 8 bits.
  func soleQuantizer(of value: ValueID) -> (node: Int, output: ValueID, parameters: TensorQuantization)? {
    guard let index = soleConsumer(of: value), case let node = graph.nodes[index], node.op is QuantizeLinear,
      let output = node.outputs.first ?? nil, let parameters = tensorQuantization(node)
    else { return nil }
    return (index, output, parameters)
  }

  /// The scale and zero point of a QuantizeLinear or DequantizeLinear node, if it is per-tensor, 8 bits wide and
  /// constant.
  func tensorQuantization(_ node: Node) -> TensorQuantization? {
    guard node.inputs.count >= 2, let scale = graph.constant(node.inputs[1]), scale.elementCount == 1,
      scale.elementType == .float32, let value = scale.floats.first, value > 0, value.isFinite
    else { return nil }
    let given = node.inputs.count > 2 ? node.inputs[2] : nil
    guard let given else {
      let type = (node.op as? QuantizeLinear)?.elementType ?? node.inputs[0].flatMap(graph.type(of:))?.elementType
      guard type == .uint8 || type == .int8 else { return nil }
      return TensorQuantization(scale: value, zeroPoint: type == .int8 ? 128 : 0, isSigned: type == .int8)
    }
    guard let point = graph.constant(given), point.elementCount == 1, let zero = point.integers?.first else {
      return nil
    }
    switch point.elementType {
    case .uint8: return TensorQuantization(scale: value, zeroPoint: Int32(zero), isSigned: false)
    case .int8: return TensorQuantization(scale: value, zeroPoint: Int32(zero) + 128, isSigned: true)
    default: return nil
    }
  }

  // MARK: Places

  /// Notes that a value lies at a location.
  mutating func place(_ value: ValueID, at location: Location) { places[value, default: []].append(location) }

  /// Notes what a QuantizeLinear gave.
  mutating func place(_ value: ValueID, quantized location: Location, _ parameters: TensorQuantization) {
    quantized[value] = QuantizedValue(location: location, parameters: parameters)
    places[value, default: []].append(location)
  }

  /// The quantized form of a value if a QuantizeLinear of this plan gave it.
  func quantizedValue(_ value: ValueID) -> QuantizedValue? { quantized[value] }

  /// The quantized tensor behind a DequantizeLinear that gives a value, if it was computed already and is read by the
  /// map that it was quantized by.
  func quantizedSource(of value: ValueID?) -> QuantizedValue? {
    guard let value, let index = producers[value], case let node = graph.nodes[index], node.op is DequantizeLinear,
      let input = node.inputs.first ?? nil, let source = quantized[input],
      let own = tensorQuantization(node), own.hasSameMap(as: source.parameters)
    else { return nil }
    return source
  }

  /// Where a value lies as floats of an order, if it does.
  func place(of value: ValueID, order: ElementOrder) -> Location? {
    places[value]?.first { $0.layout.order == order && $0.layout.elementType == .float32 }
  }

  /// Where an input of the graph of 8-bit integers with channels lies.
  func integerInput(_ value: ValueID) -> Location? {
    guard graph.inputs.contains(value), let type = graph.type(of: value), [2, 4].contains(type.shape.rank),
      type.elementType == .uint8 || type.elementType == .int8, type.shape.elementCount > 0
    else { return nil }
    return places[value]?.first { $0.layout.order == .rowMajor && $0.layout.elementType == type.elementType }
  }

  /// Where an input of the graph of uint8 lies that is fed with the channels last.
  func integerPixels(_ value: ValueID) -> Location? {
    guard graph.inputs.contains(value) else { return nil }
    return places[value]?.first { $0.layout.order == .channelsLast && $0.layout.elementType == .uint8 }
  }

  /// Whether a value was computed, in whatever form.
  func isPlaced(_ value: ValueID) -> Bool { places[value] != nil || quantizedSource(of: value) != nil }

  /// The type of a value.
  ///
  /// - Throws: `InferenceError.unsupportedGraph` if shapes were not inferred.
  func type(of value: ValueID) throws(InferenceError) -> ValueType {
    guard let type = graph.type(of: value) else {
      throw InferenceError(.unsupportedGraph, "the type of value “\(graph[value].name)” is not known")
    }
    return type
  }

  /// Whether no tensor that a node reads or computes is empty; steps rely on extents of at least 1.
  func hasElements(_ node: Node) -> Bool {
    (node.inputs + node.outputs).allSatisfy { value in
      guard let shape = value.flatMap(graph.type(of:))?.shape else { return true }
      return shape.elementCount > 0
    }
  }

  /// The elements of a constant, also of one behind a DequantizeLinear.
  func constant(_ value: ValueID?) -> Tensor? {
    guard let value else { return nil }
    if let tensor = graph.constant(value) { return tensor }
    guard let index = producers[value], case let node = graph.nodes[index], node.op is DequantizeLinear else {
      return nil
    }
    var inputs: [Tensor?] = []
    for input in node.inputs {
      guard let input else {
        inputs.append(nil)
        continue
      }
      guard let tensor = graph.constant(input) else { return nil }
      inputs.append(tensor)
    }
    return (try? node.op.evaluate(inputs, outputCount: 1))?.first
  }

  /// Where a value lies with channels last as floats; computes that form if it is not there.
  mutating func channelsLast(_ value: ValueID) throws(InferenceError) -> Location {
    let type = try type(of: value)
    guard type.elementType == .float32, type.shape.rank == 4 || type.shape.rank == 2 else {
      throw InferenceError(.unsupportedGraph, "value “\(graph[value].name)” of type \(type) has no channels")
    }
    if let found = places[value]?.first(where: { $0.layout.order == .channelsLast && $0.layout.elementType == .float32 }
    ) {
      return found
    }
    let layout = PhysicalLayout.channelsLast(.float32, type.shape)
    if let source = quantizedSource(of: value), source.location.layout.order == .channelsLast {
      let location = allocate(layout, for: value)
      append(
        DequantizeStep(
          nodes: [graph[value].name], vectors: vectors, input: source.location, parameters: source.parameters,
          output: location))
      place(value, at: location)
      return location
    }
    var source = try rowMajor(value)
    if type.shape.rank == 2 || type.shape[2] * type.shape[3] == 1 {
      source.layout = layout
      place(value, at: source)
      return source
    }
    let location = allocate(layout, for: value)
    append(LayoutStep(nodes: [graph[value].name], vectors: vectors, input: source, output: location))
    place(value, at: location)
    return location
  }

  /// Where a value lies in row-major order; computes that form if it is not there.
  mutating func rowMajor(_ value: ValueID) throws(InferenceError) -> Location {
    let type = try type(of: value)
    let layout = PhysicalLayout.rowMajor(type.elementType, type.shape)
    let found = places[value] ?? []
    if let same = found.first(where: { $0.layout.order == .rowMajor && $0.layout.elementType == type.elementType }) {
      return same
    }
    if type.elementType == .float32 {
      var source = found.first { $0.layout.elementType == .float32 }
      if source == nil, quantizedSource(of: value)?.location.layout.order == .channelsLast {
        source = try channelsLast(value)
      }
      if var source {
        if source.layout.isPlainVectors {
          source.layout = layout
          place(value, at: source)
          return source
        }
        let location = allocate(layout)
        append(LayoutStep(nodes: [graph[value].name], vectors: vectors, input: source, output: location))
        place(value, at: location)
        return location
      }
    }
    if let tensor = constant(value) {
      let location = allocate(layout)
      append(try ConstantStep(node: graph[value].name, tensor: tensor, output: location))
      place(value, at: location)
      return location
    }
    throw InferenceError(.unsupportedGraph, "value “\(graph[value].name)” is read before it is computed")
  }
}

/// How a tensor is quantized in the plan: always to uint8; signed tensors are shifted by 128.
struct TensorQuantization: Hashable {
  var scale: Float
  /// In 0 ... 255, after the shift.
  var zeroPoint: Int32
  /// Whether the graph's own elements are int8.
  var isSigned: Bool

  func hasSameMap(as other: TensorQuantization) -> Bool { scale == other.scale && zeroPoint == other.zeroPoint }

  /// The uint8 that a real number becomes, as a whole number.
  func quantized(_ real: Float) -> Float {
    min(max((real / scale).rounded(.toNearestOrEven) + Float(zeroPoint), 0), 255)
  }

  /// The interval of quantized numbers that an activation leaves.
  func bounds(_ activation: Activation) -> (lower: Float, upper: Float) {
    let (lower, upper) = activation.bounds
    return (lower.map(quantized) ?? 0, upper.map(quantized) ?? 255)
  }
}

/// A quantized tensor of the plan.
struct QuantizedValue: Hashable {
  var location: Location
  var parameters: TensorQuantization
}
