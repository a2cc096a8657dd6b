/// What an .xml file says: layers in an order in which they can be computed, and what each of them reads.
struct IRNetwork: Sendable {
  /// An output port of a layer.
  struct Source: Sendable, Hashable {
    /// The place of the layer in `layers`.
    let layer: Int
    /// The place of the port among the layer's outputs.
    let output: Int
  }

  let name: String
  let version: Int
  /// In topological order, otherwise in the file's.
  private(set) var layers: [IRLayer]
  /// For each layer, what its input ports read, in their order.
  private(set) var sources: [[Source]]

  /// Reads a document.
  ///
  /// - Throws: `ModelFormatError.foreignFile`, `unsupportedVersion`, `malformedFile`, `unsupportedFeature` or
  ///   `invalidModel`, with lines.
  init(_ root: XMLElement) throws(ModelFormatError) {
    guard root.name == "net" else {
      throw ModelFormatError(
        .foreignFile, "is an XML document, but no OpenVINO network: its first element is “\(root.name)”",
        remedy: "name the .xml file that openvino.save_model wrote")
    }
    guard let version = root.attributes["version"].flatMap({ Int($0) }), OpenVINOFormat.versions.contains(version)
    else {
      let found = root.attributes["version"].map { "version \($0)" } ?? "a version that it does not say"
      throw ModelFormatError(
        .unsupportedVersion, "is an OpenVINO IR of \(found), but versions 10 and 11 are read",
        remedy: "convert the original model again with openvino.convert_model")
    }
    self.version = version
    name = root.attributes["name"] ?? ""
    var layers: [IRLayer] = []
    var indices: [Int: Int] = [:]
    for element in root.child("layers")?.children("layer") ?? [] {
      let layer = try IRLayer(element)
      guard indices.updateValue(layers.count, forKey: layer.id) == nil else {
        throw layer.error(.invalidModel, "another layer has its id \(layer.id)", remedy: "export the model again")
      }
      guard element.child("body") == nil else {
        throw layer.error(.unsupportedFeature, "runs a sub-graph, which is not supported")
      }
      layers.append(layer)
    }
    let sources = try Self.sources(root.child("edges")?.children("edge") ?? [], layers, indices)
    let order = try Self.order(layers, sources)
    var places = [Int](repeating: 0, count: layers.count)
    for (place, index) in order.enumerated() { places[index] = place }
    self.layers = order.map { layers[$0] }
    self.sources = order.map { sources[$0].map { Source(layer: places[$0.layer], output: $0.output) } }
  }

  private static func sources(
    _ edges: [XMLElement], _ layers: [IRLayer], _ indices: [Int: Int]
  ) throws(ModelFormatError) -> [[Source]] {
    var found: [[Source?]] = layers.map { $0.inputs.map { _ in nil } }
    for edge in edges {
      func number(_ name: String) -> Int? { edge.attributes[name].flatMap { Int($0) } }
      guard let from = number("from-layer").flatMap({ indices[$0] }),
        let to = number("to-layer").flatMap({ indices[$0] }),
        let output = layers[from].outputs.firstIndex(where: { $0.id == number("from-port") }),
        let input = layers[to].inputs.firstIndex(where: { $0.id == number("to-port") })
      else {
        throw ModelFormatError(
          .invalidModel, "the edge in line \(edge.line) joins layers or ports that do not exist",
          remedy: "export the model again")
      }
      guard found[to][input] == nil else {
        throw layers[to].error(
          .invalidModel, "its input \(input) is fed twice, again in line \(edge.line)", remedy: "export the model again"
        )
      }
      found[to][input] = Source(layer: from, output: output)
    }
    var sources: [[Source]] = []
    for (layer, inputs) in zip(layers, found) {
      let fed = inputs.compactMap(\.self)
      guard fed.count == inputs.count else {
        throw layer.error(.invalidModel, "nothing feeds one of its inputs", remedy: "export the model again")
      }
      sources.append(fed)
    }
    return sources
  }

  /// The layers' places so that each comes behind what it reads; the file's order where that does not decide.
  private static func order(_ layers: [IRLayer], _ sources: [[Source]]) throws(ModelFormatError) -> [Int] {
    var readers: [[Int]] = layers.map { _ in [] }
    var waiting = sources.map(\.count)
    for (index, list) in sources.enumerated() {
      for source in list { readers[source.layer].append(index) }
    }
    if sources.indices.allSatisfy({ index in sources[index].allSatisfy { $0.layer < index } }) {
      return Array(layers.indices)
    }
    var order = layers.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    guard order.count == layers.count else {
      let stuck = layers.indices.first { waiting[$0] > 0 } ?? 0
      throw layers[stuck].error(.invalidModel, "waits for its own result", remedy: "export the model again")
    }
    return order
  }
}
