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
  /// Nodes that an earlier node's step already computes.
  private var claimed: Set<Int> = []

  init(_ graph: Graph, _ set: InstructionSet, observed: Set<ValueID>) {
    self.graph = graph
    self.set = set
    self.observed = observed
    producers = graph.producers()
    consumers = graph.consumers()
  }

  var vectors: VectorMicrokernels { VectorMicrokernels(set: set) }

  /// Makes room for a value and says where.
  mutating func allocate(_ layout: PhysicalLayout) -> Location {
    bufferSizes.append(layout.byteCount)
    return Location(buffer: bufferSizes.count - 1, byteOffset: 0, layout: layout)
  }

  mutating func append(_ step: any PlanStep) { steps.append(step) }

  /// Notes that a value lies at a location.
  mutating func place(_ value: ValueID, at location: Location) { places[value, default: []].append(location) }

  /// Where a value lies in any form, if it was computed already.
  func anyPlace(of value: ValueID) -> Location? { places[value]?.first }

  /// Where a value lies in the wanted form, if it does.
  func place(of value: ValueID, order: ElementOrder, type: ElementType) -> Location? {
    places[value]?.first { $0.layout.order == order && $0.layout.elementType == type }
  }

  mutating func claim(_ node: Int) { claimed.insert(node) }
  func isClaimed(_ node: Int) -> Bool { claimed.contains(node) }

  /// The only node that reads a value, if nothing else does and nobody watches it.
  func soleConsumer(of value: ValueID) -> Int? {
    guard !observed.contains(value), !graph.outputs.contains(value), let readers = consumers[value], readers.count == 1
    else { return nil }
    return readers[0]
  }
}
