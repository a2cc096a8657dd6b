import Graphs
import Tensors

/// A graph that grows layer by layer, with the type of every value known at once.
struct CaffeGraphBuilder {
  /// The operator set whose definitions the layers are expressed in.
  static let opset = 18

  private var graph: Graph
  private let layers: [CaffeLayer]
  private let wiring: CaffeWiring
  private let weights: CaffeWeights
  private var values: [CaffeWiring.BlobVersion: ValueID] = [:]
  private var names: Set<String> = []
  private var absorbed: Set<Int> = []
  private var index = 0

  init(name: String, layers: [CaffeLayer], wiring: CaffeWiring, weights: CaffeWeights) {
    graph = Graph(name: name)
    self.layers = layers
    self.wiring = wiring
    self.weights = weights
  }

  /// Adds an input of the network.
  mutating func addInput(_ name: String, _ shape: Shape) {
    names.insert(name)
    values[CaffeWiring.BlobVersion(name: name, version: 0)] = graph.addInput(name, ValueType(.float32, shape))
  }

  /// Turns to a layer.
  mutating func begin(_ index: Int) { self.index = index }

  /// Whether a layer became part of one before it.
  func isAbsorbed(_ index: Int) -> Bool { absorbed.contains(index) }

  /// The layer at hand.
  var layer: CaffeLayer { layers[index] }

  /// How many values the layer at hand reads.
  var bottomCount: Int { wiring.bottoms[index].count }

  /// A value that the layer at hand reads.
  ///
  /// - Throws: `ModelFormatError.invalidModel` if it lists fewer.
  func bottom(_ position: Int = 0) throws(ModelFormatError) -> ValueID {
    guard position < wiring.bottoms[index].count, let id = values[wiring.bottoms[index][position]] else {
      throw layer.error(.invalidModel, "needs \(position + 1) bottoms", remedy: "add the missing one")
    }
    return id
  }

  /// The shape of a value.
  func shape(_ id: ValueID) -> Shape { graph.type(of: id)?.shape ?? .scalar }

  /// Checks how many values the layer at hand reads and writes.
  ///
  /// - Throws: `ModelFormatError.unsupportedFeature`.
  func require(bottoms: ClosedRange<Int> = 1...1, tops: ClosedRange<Int> = 1...1) throws(ModelFormatError) {
    let (read, written) = (wiring.bottoms[index].count, wiring.tops[index].count)
    guard bottoms.contains(read), tops.contains(written) else {
      throw layer.error(.unsupportedFeature, "has \(read) bottoms and \(written) tops, which is not supported")
    }
  }

  /// The weights of a layer.
  ///
  /// - Throws: `ModelFormatError.mismatchedWeights` unless there are as many blobs.
  func blobs(_ count: Int, of layer: CaffeLayer) throws(ModelFormatError) -> [CaffeBlobProto] {
    do {
      return try weights.blobs(of: layer, count: count)
    } catch { throw error.inFile(weights.path) }
  }

  /// Adds weights.
  mutating func constant(_ tensor: Tensor, _ suffix: String) -> ValueID {
    graph.addConstant("\(layer.name)/\(suffix)", tensor)
  }

  /// Adds a node of the layer at hand; the value has no name of its own yet if more nodes follow.
  ///
  /// - Parameter part: what the node does in a layer of several nodes; nil for the one that gives the layer's result.
  /// - Throws: `ModelFormatError` where the operator does not take the inputs.
  mutating func apply(
    _ operatorName: String, _ inputs: [ValueID], _ attributes: [String: AttributeValue] = [:], part: String? = nil
  ) throws(ModelFormatError) -> ValueID {
    let name = part.map { "\(layer.name)/\($0)" } ?? layer.name
    do {
      let op = try OperatorCatalog.make(operatorName, node: name, opset: Self.opset, attributes: attributes)
      let operands = inputs.map { id in
        graph.type(of: id).map { Operand(type: $0, constant: graph.constant(id)) }
      }
      let types = try op.inferTypes(operands, outputCount: 1)
      let output = graph.addValue(part == nil ? topName() : name, type: types.first)
      graph.nodes.append(Node(name: name, op: op, inputs: inputs, outputs: [output]))
      return output
    } catch {
      throw layer.error(ModelFormatError(error).code, error.description)
    }
  }

  /// Sets what the layer at hand writes; all its tops share the value.
  mutating func finish(_ result: ValueID) {
    for top in wiring.tops[index] { values[top] = result }
  }

  /// Makes the only reader of the layer at hand a part of it, if it is one of a type and `accepts` it.
  mutating func absorbReader(ofType type: String, if accepts: (CaffeLayer) -> Bool) -> CaffeLayer? {
    guard let reader = wiring.onlyReader(ofFirstTopOf: index), layers[reader].type == type, accepts(layers[reader])
    else { return nil }
    absorbed.insert(reader)
    return layers[reader]
  }

  /// Sets what a layer that became part of the one at hand writes.
  mutating func finishAbsorbed(_ result: ValueID) {
    guard let reader = wiring.onlyReader(ofFirstTopOf: index) else { return }
    for top in wiring.tops[reader] { values[top] = result }
  }

  /// The graph with everything that nothing reads as its outputs.
  ///
  /// - Throws: `ModelFormatError.invalidModel` if there is no output.
  consuming func finished() throws(ModelFormatError) -> Graph {
    for version in wiring.unread {
      guard let id = values[version], !graph.outputs.contains(id) else { continue }
      graph.outputs.append(id)
    }
    guard !graph.outputs.isEmpty else { throw ModelFormatError(.invalidModel, "the network has no output") }
    return graph
  }

  /// The name of the first top; the layer's own name where the top is written in place.
  private mutating func topName() -> String {
    guard let top = wiring.tops[index].first?.name, names.insert(top).inserted else { return layer.name }
    return top
  }
}
