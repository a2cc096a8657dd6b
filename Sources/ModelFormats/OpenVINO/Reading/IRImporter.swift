import Graphs
import Tensors

/// Builds a graph from a network and its weights.
struct IRImporter {
  private let network: IRNetwork
  private let weights: IRWeights
  private let options: ImportOptions

  init(network: IRNetwork, weights: IRWeights, options: ImportOptions) {
    self.network = network
    self.weights = weights
    self.options = options
  }

  /// The model.
  ///
  /// - Throws: `ModelFormatError`.
  consuming func model() throws(ModelFormatError) -> ImportedModel {
    try checkTypes()
    var builder = IRGraphBuilder(network)
    let parameters = network.layers.filter { $0.type == "Parameter" }
    let given = try options.shapes(ofInputs: parameters.map(IRGraphBuilder.outputName))
    for (index, layer) in network.layers.enumerated() {
      builder.begin(index)
      switch layer.type {
      case "Parameter":
        try addInput(layer, given[IRGraphBuilder.outputName(layer)], to: &builder)
      case "Const":
        guard layer.outputs.count == 1 else { throw layer.error(.malformedFile, "must have one output") }
        builder.set(.constant(try weights.tensor(of: layer)))
      case "Result": try builder.addOutput()
      default: try IRLayerCatalog.reader(of: layer.type)?.read(layer, into: &builder)
      }
    }
    let (graph, notes) = try builder.finished()
    return ImportedModel(
      graph: graph, format: "\(OpenVINOFormat.name) v\(network.version)", notes: notes)
  }

  private func checkTypes() throws(ModelFormatError) {
    var missing = MissingOperators()
    for layer in network.layers {
      guard layer.opset.hasPrefix("opset") else {
        missing.add("\(layer.opset).\(layer.type)", node: layer.name)
        continue
      }
      if !["Parameter", "Const", "Result"].contains(layer.type), IRLayerCatalog.reader(of: layer.type) == nil {
        missing.add(layer.type, node: layer.name)
      }
    }
    if let error = missing.error(what: "layer type", place: "layer", context: "") { throw error }
  }

  private func addInput(
    _ layer: IRLayer, _ given: [Int]?, to builder: inout IRGraphBuilder
  ) throws(ModelFormatError) {
    guard layer.outputs.count == 1 else { throw layer.error(.malformedFile, "must have one output") }
    var type = try layer.elementType(try layer.string("element_type"))
    let name = IRGraphBuilder.outputName(layer)
    if type == .float16 {
      builder.note("input “\(name)” and all that is computed of it are 32-bit floats here, not 16-bit ones")
      type = .float32
    }
    let words = try layer.string("shape").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    // An open extent is written as ?, -1, or a range as 1..8.
    let declared = words.map { Int($0).flatMap { $0 >= 0 ? $0 : nil } }
    if let given {
      guard given.count == declared.count else {
        throw ModelFormatError(
          .unknownShape,
          "input “\(name)” has \(declared.count) axes, but the given shape \(given) has \(given.count)",
          remedy: "give \(declared.count) extents", context: name)
      }
      if zip(declared, given).contains(where: { pair in pair.0.map { $0 != pair.1 } ?? false }) {
        builder.note(
          "input “\(name)” has the given shape \(given) in place of the file's [\(words.joined(separator: ", "))]")
      }
    }
    var extents: [Int] = []
    for (axis, extent) in declared.enumerated() {
      if let extent = given?[axis] ?? extent ?? (axis == 0 ? options.batch : nil) {
        extents.append(extent)
      } else {
        throw ModelFormatError(
          .unknownShape, "the file leaves axis \(axis) of input “\(name)” open: [\(words.joined(separator: ", "))]",
          remedy: "give its shape, as shape: [1, 3, 224, 224]", context: name)
      }
    }
    builder.addInput(name, ValueType(type, try Shape(extents, ofInput: name)))
  }
}
