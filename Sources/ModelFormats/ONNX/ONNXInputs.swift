import Graphs
import Tensors

extension ONNXImporter {
  /// Adds the graph's inputs with static shapes.
  ///
  /// - Throws: `ModelFormatError.unknownShape` where the file leaves an extent open that the options do not give.
  mutating func addInputs(_ inputs: [ONNXValueInfoProto]) throws(ModelFormatError) {
    let given = try options.shapes(ofInputs: inputs.map(\.name))
    var extents: [String: Int] = [:]
    for input in inputs {
      guard let shape = given[input.name], input.type.tensorType.hasShape else { continue }
      let dimensions = input.type.tensorType.shape.dim
      guard shape.count == dimensions.count else {
        throw ModelFormatError(
          .unknownShape,
          "input “\(input.name)” has \(dimensions.count) axes, but the given shape \(shape) has \(shape.count)",
          remedy: "give \(dimensions.count) extents", context: input.name)
      }
      for (dimension, extent) in zip(dimensions, shape) where !dimension.dimParam.isEmpty {
        extents[dimension.dimParam] = extent
      }
    }
    for input in inputs {
      let type = try type(of: input, given: given[input.name], extents: extents)
      try define(input.name, graph.addInput(input.name, type))
    }
  }

  private mutating func type(
    of input: ONNXValueInfoProto, given: [Int]?, extents: [String: Int]
  ) throws(ModelFormatError) -> ValueType {
    let name = input.name
    guard !name.isEmpty, input.type.hasTensorType else {
      throw ModelFormatError(
        .unsupportedFeature, "input “\(name)” is no tensor, which is not supported", context: name)
    }
    let tensor = input.type.tensorType
    let elementType = try ONNXElementType.type(tensor.elemType, of: name)
    let declared = tensor.shape.dim.map { $0.dimValue > 0 ? $0.dimValue : nil }
    if let given {
      let fixed = declared.map { $0.map(String.init) ?? "?" }.joined(separator: ", ")
      if zip(declared, given).contains(where: { pair in pair.0.map { $0 != Int64(pair.1) } ?? false }) {
        notes.append("input “\(name)” has the given shape \(given) in place of the file's [\(fixed)]")
      }
      return ValueType(elementType, try Shape(given, ofInput: name))
    }
    guard tensor.hasShape else {
      throw ModelFormatError(
        .unknownShape, "the file does not say the shape of input “\(name)”",
        remedy: "give it, as shape: [1, 3, 224, 224]", context: name)
    }
    var dimensions: [Int] = []
    for (axis, dimension) in tensor.shape.dim.enumerated() {
      if let extent = declared[axis] {
        dimensions.append(Int(extent))
      } else if let extent = extents[dimension.dimParam] {
        dimensions.append(extent)
      } else if axis == 0 {
        dimensions.append(options.batch)
      } else {
        throw openExtent(name, tensor.shape.dim.map { ($0.dimValue, $0.dimParam) }, axis)
      }
    }
    return ValueType(elementType, try Shape(dimensions, ofInput: name))
  }

  private func openExtent(_ name: String, _ dimensions: [(Int64, String)], _ axis: Int) -> ModelFormatError {
    let parts = dimensions.enumerated().map { index, dimension in
      if dimension.0 > 0 { return "\(dimension.0)" }
      if index == 0 { return "\(options.batch)" }
      return dimension.1.isEmpty ? "…" : dimension.1
    }
    let word = dimensions[axis].1.isEmpty ? "" : " (\(dimensions[axis].1))"
    return ModelFormatError(
      .unknownShape, "the file leaves the extent of input “\(name)” along axis \(axis)\(word) open",
      remedy: "give the shape, as shape: [\(parts.joined(separator: ", "))] with numbers throughout", context: name)
  }
}
