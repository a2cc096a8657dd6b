import Graphs

/// Builds a graph from a network and its weights.
struct CaffeImporter {
  private let network: CaffeNetwork
  private let layers: [CaffeLayer]
  private let weights: CaffeWeights
  private let options: ImportOptions
  private var notes: [String] = []

  /// Leaves out the layers that take no part in inference.
  init(network: CaffeNetwork, weights: CaffeWeights, options: ImportOptions) {
    self.network = network
    self.weights = weights
    self.options = options
    let included = network.layers.filter(\.parameter.isIncludedInTest)
    layers = included.filter { CaffeLayerRole(type: $0.type) == .computes }
    for layer in included where CaffeLayerRole(type: layer.type) == .trains {
      notes.append("the layer “\(layer.name)” (\(layer.type)) is for training and was left out")
    }
  }

  /// The model.
  ///
  /// - Throws: `ModelFormatError`.
  consuming func model() throws(ModelFormatError) -> ImportedModel {
    let inputs = try CaffeInputs(network, options: options)
    notes += inputs.notes
    try checkTypes()
    try checkWeights()
    let wiring = try CaffeWiring(inputs: inputs.values.map(\.name), layers: layers)
    var builder = CaffeGraphBuilder(name: network.header.name, layers: layers, wiring: wiring, weights: weights)
    for input in inputs.values { builder.addInput(input.name, input.shape) }
    for (index, layer) in layers.enumerated() {
      guard !builder.isAbsorbed(index), let converter = CaffeLayerCatalog.converter(of: layer.type) else { continue }
      builder.begin(index)
      try converter.convert(layer, into: &builder)
    }
    return ImportedModel(graph: try builder.finished(), format: CaffeFormat.name, notes: notes)
  }

  private func checkTypes() throws(ModelFormatError) {
    var missing = MissingOperators()
    for layer in layers where CaffeLayerCatalog.converter(of: layer.type) == nil {
      missing.add(layer.type, node: layer.name)
    }
    if let error = missing.error(what: "layer type", place: "layer", context: "") { throw error }
  }

  private mutating func checkWeights() throws(ModelFormatError) {
    let names = Set(network.layers.map(\.name))
    let unused = weights.layerNames.subtracting(names).sorted()
    guard unused.count < weights.layerNames.count else {
      throw ModelFormatError(
        .mismatchedWeights, "belongs to another network: no layer has the name of one that it has weights for",
        remedy: "name the .caffemodel file that belongs to the prototxt", file: weights.path)
    }
    if !unused.isEmpty {
      notes.append("the weights file has weights that no layer uses: \(unused.joined(separator: ", "))")
    }
  }
}
