public import Datasets
public import Graphs

/// What the outputs of a network look like, from which its task is told.
public struct ModelOutputs: Sendable {
  /// The names of the outputs.
  public let names: [String]
  /// Their types, in the same order.
  public let types: [ValueType]
  /// The operators that make them, as `Softmax`; empty where nothing makes one.
  public let operators: [String]
  /// The size of the pictures that the network takes.
  public let inputSize: ImageSize
  /// The channels of the pictures that it takes, and so of those that it may make.
  public let channels: ChannelOrder
  /// How many classes have names; nil where none is known.
  public let nameCount: Int?

  /// Looks at a network whose types were inferred; nil where a type is not known.
  public init?(_ graph: Graph, preprocessing: Preprocessing, nameCount: Int?) {
    let producers = graph.producers()
    let types = graph.outputs.compactMap { graph.type(of: $0) }
    guard types.count == graph.outputs.count, !types.isEmpty else { return nil }
    self.types = types
    names = graph.outputs.map { graph[$0].name }
    operators = graph.outputs.map { id in producers[id].map { graph.nodes[$0].operatorName } ?? "" }
    inputSize = preprocessing.crop
    channels = preprocessing.channels
    self.nameCount = nameCount
  }

  /// The only output's type; nil where there are several.
  var only: ValueType? { types.count == 1 ? types[0] : nil }
}
