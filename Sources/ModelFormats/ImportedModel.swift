public import Graphs

/// A model as it was read from its files.
public struct ImportedModel: Sendable {
  /// The network; every value that is used has a type.
  public var graph: Graph
  /// The name of the format, as `ONNX`.
  public var format: String
  /// The program that wrote the file and its version, if the file says so.
  public var producer: String?
  /// The version of the ONNX operator set that the file names; nil for other formats.
  public var opset: Int?
  /// What was decided or left out while reading, one sentence each, for the user to see.
  public var notes: [String]

  /// Makes a model.
  public init(graph: Graph, format: String, producer: String? = nil, opset: Int? = nil, notes: [String] = []) {
    self.graph = graph
    self.format = format
    self.producer = producer
    self.opset = opset
    self.notes = notes
  }
}
