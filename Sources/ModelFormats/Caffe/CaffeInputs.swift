import Tensors

/// The inputs of a Caffe network with their shapes.
struct CaffeInputs: Sendable {
  private(set) var values: [(name: String, shape: Shape)] = []
  private(set) var notes: [String] = []

  /// Finds the inputs in the network's header, its Input layers, and its data layers.
  ///
  /// - Throws: `ModelFormatError.unknownShape` where neither the file nor the options give a shape.
  init(_ network: CaffeNetwork, options: ImportOptions) throws(ModelFormatError) {
    var declared = try Self.declared(network.header)
    for layer in network.layers where layer.parameter.isIncludedInTest && CaffeLayerRole(type: layer.type) == .feeds {
      declared += Self.declared(layer)
    }
    guard !declared.isEmpty else {
      throw ModelFormatError(
        .invalidModel, "the network has no input", remedy: "add an Input layer, or name the deploy.prototxt")
    }
    let given = try options.shapes(ofInputs: declared.map(\.name))
    for (name, dimensions) in declared {
      guard !values.contains(where: { $0.name == name }) else {
        throw ModelFormatError(.invalidModel, "the input “\(name)” is there twice", context: name)
      }
      guard let extents = given[name] ?? dimensions else {
        throw ModelFormatError(
          .unknownShape, "the file does not say the shape of input “\(name)”",
          remedy: "give it, as shape: [1, 3, 224, 224]", context: name)
      }
      guard extents.allSatisfy({ $0 >= 1 }) else {
        throw ModelFormatError(
          .unknownShape, "the input “\(name)” has the impossible shape \(extents)",
          remedy: "give another, as shape: [1, 3, 224, 224]", context: name)
      }
      if let dimensions, extents != dimensions {
        notes.append("input “\(name)” has the given shape \(extents) in place of the file's \(dimensions)")
      }
      values.append((name, try Shape(extents, ofInput: name)))
    }
  }

  private static func declared(
    _ header: CaffeNetParameter
  ) throws(ModelFormatError) -> [(name: String, dimensions: [Int]?)] {
    let shapes = header.inputShape.map { $0.dim.map { Int($0) } }
    let extents = header.inputDim.map { Int($0) }
    guard shapes.isEmpty || shapes.count == header.input.count,
      !shapes.isEmpty || extents.isEmpty || extents.count == 4 * header.input.count
    else {
      throw ModelFormatError(
        .invalidModel, "there are \(header.input.count) inputs, but another number of input shapes",
        remedy: "give each input one input_shape or four times input_dim")
    }
    return header.input.enumerated().map { index, name in
      if !shapes.isEmpty { return (name, shapes[index]) }
      return (name, extents.isEmpty ? nil : Array(extents[(4 * index)..<(4 * index + 4)]))
    }
  }

  private static func declared(_ layer: CaffeLayer) -> [(name: String, dimensions: [Int]?)] {
    guard layer.type == "Input" else {
      // Behind the pictures, data layers give labels, which only training reads.
      return layer.parameter.top.prefix(1).map { ($0, nil) }
    }
    let shapes = layer.parameter.inputParam.shape.map { $0.dim.map { Int($0) } }
    return layer.parameter.top.enumerated().map { index, top in
      (top, index < shapes.count ? shapes[index] : shapes.first)
    }
  }
}
