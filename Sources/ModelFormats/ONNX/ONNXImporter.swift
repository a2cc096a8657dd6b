import Graphs
import Tensors

/// Builds a graph from the graph of an ONNX file.
struct ONNXImporter {
  let header: ONNXHeader
  let options: ImportOptions
  let reader: ONNXTensorReader
  var graph = Graph(name: "")
  /// The values so far by their names in the file.
  var values: [String: ValueID] = [:]
  var notes: [String] = []

  init(header: ONNXHeader, path: String, options: ImportOptions) {
    self.header = header
    self.options = options
    reader = ONNXTensorReader(external: ONNXExternalData(modelPath: path))
  }

  /// The model of a file's graph.
  ///
  /// - Throws: `ModelFormatError`.
  consuming func model(_ proto: ONNXGraphProto) throws(ModelFormatError) -> ImportedModel {
    var proto = proto
    guard proto.sparseInitializer.isEmpty else {
      throw ModelFormatError(
        .unsupportedFeature, "keeps weights as sparse tensors, which is not supported",
        remedy: "export it with dense weights")
    }
    graph.name = proto.name
    let initialized = Set(proto.initializer.map(\.name))
    try addInputs(proto.input.filter { !initialized.contains($0.name) })
    try addInitializers(&proto)
    let nodes = try ONNXNodeOrder(known: values.keys).sorted(proto.node, notes: &notes)
    try addNodes(nodes, outputs: proto.output.map(\.name))
    try addOutputs(proto.output.map(\.name))
    do {
      try graph.inferTypes()
    } catch { throw ModelFormatError(error) }
    return ImportedModel(
      graph: graph, format: ONNXFormat.name, producer: header.producer, opset: header.opset, notes: notes)
  }

  /// Makes a value known under its name in the file.
  mutating func define(_ name: String, _ id: ValueID) throws(ModelFormatError) {
    guard values.updateValue(id, forKey: name) == nil else {
      throw ModelFormatError(.invalidModel, "the value “\(name)” is defined twice", context: name)
    }
  }

  /// Adds the weights that something reads, and gives their storage in the file's message back.
  private mutating func addInitializers(_ proto: inout ONNXGraphProto) throws(ModelFormatError) {
    var read = Set(proto.output.map(\.name))
    for node in proto.node { read.formUnion(node.input) }
    for index in proto.initializer.indices {
      let initializer = proto.initializer[index]
      proto.initializer[index] = ONNXTensorProto()
      guard read.contains(initializer.name) else { continue }
      guard !initializer.name.isEmpty else {
        throw ModelFormatError(.invalidModel, "weights without a name cannot be read")
      }
      let tensor = try reader.tensor(initializer, named: initializer.name)
      try define(initializer.name, graph.addConstant(initializer.name, tensor))
    }
  }

  private mutating func addOutputs(_ names: [String]) throws(ModelFormatError) {
    guard !names.isEmpty else { throw ModelFormatError(.invalidModel, "the network has no output") }
    for name in names {
      guard let id = values[name] else {
        throw ModelFormatError(.invalidModel, "nothing computes the output “\(name)”", context: name)
      }
      graph.outputs.append(id)
    }
  }
}
