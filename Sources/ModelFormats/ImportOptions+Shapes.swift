import Tensors

extension ImportOptions {
  /// The given shapes by the names of the inputs they are for.
  ///
  /// - Throws: `ModelFormatError.unknownShape` if one is for no input, has an extent below 1, or is meant for a single
  ///   input where there are several.
  func shapes(ofInputs names: [String]) throws(ModelFormatError) -> [String: [Int]] {
    var given = shapes
    let list = names.joined(separator: ", ")
    if let shape {
      guard names.count == 1, let name = names.first else {
        throw ModelFormatError(
          .unknownShape, "one shape is given, but the network has the inputs \(list)",
          remedy: "give a shape for each input by its name")
      }
      given[name] = shape
    }
    for (name, shape) in given.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name) else {
        throw ModelFormatError(
          .unknownShape, "a shape is given for “\(name)”, but the network has the inputs \(list)",
          remedy: "use one of these names", context: name)
      }
      guard shape.allSatisfy({ $0 >= 1 }) else {
        throw ModelFormatError(
          .unknownShape, "the shape \(shape) given for “\(name)” has an extent below 1",
          remedy: "give positive extents", context: name)
      }
    }
    guard batch >= 1 else {
      throw ModelFormatError(.unknownShape, "the batch \(batch) is below 1", remedy: "give at least 1")
    }
    return given
  }
}

extension Shape {
  /// The shape of an input of a model.
  ///
  /// - Throws: `ModelFormatError.unknownShape` if it is too large.
  init(_ dimensions: [Int], ofInput name: String) throws(ModelFormatError) {
    do {
      try self.init(dimensions)
    } catch { throw ModelFormatError(.unknownShape, "input “\(name)”: \(error.message)", context: name) }
  }
}
