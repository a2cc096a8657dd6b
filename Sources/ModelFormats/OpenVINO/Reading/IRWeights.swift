import FoundationEssentials
import GraphArchives
import Graphs
import Tensors

/// The .bin file of a model.
struct IRWeights: Sendable {
  /// The file's path, for errors.
  let path: String
  /// The content; nil where there is no such file.
  private let bytes: Data?

  /// Takes the file that was given, or finds the one with the name of the .xml file.
  ///
  /// - Throws: `ModelFormatError` if a file that is there cannot be read.
  init(_ given: ModelFile?, beside description: String) throws(ModelFormatError) {
    if let given {
      (path, bytes) = (given.path, given.bytes)
      return
    }
    let stem = description.lowercased().hasSuffix(".xml") ? String(description.dropLast(4)) : description
    path = stem + ".bin"
    do {
      bytes = try ModelFile(reading: path).bytes
    } catch {
      // A network without constants needs none, and OpenVINO leaves its file empty.
      guard error.code == .emptyFile || !FileManager.default.fileExists(atPath: path) else { throw error }
      bytes = nil
    }
  }

  /// The elements of a constant; 16-bit floats are given as 32-bit ones.
  ///
  /// - Throws: `ModelFormatError` if its place is not in the file, or not as large as its shape.
  func tensor(of layer: IRLayer) throws(ModelFormatError) -> Tensor {
    let type = try layer.elementType(try layer.string("element_type"))
    let extents = try layer.integers("shape")
    let shape: Shape
    do {
      shape = try Shape(extents)
    } catch { throw layer.error(.invalidModel, error.message) }
    let offset = try layer.integer("offset")
    let size = try layer.integer("size")
    // A shape has at most 2^48 elements, so this product fits.
    guard size == shape.elementCount * type.byteCount else {
      throw layer.error(
        .malformedFile, "\(size) bytes are not the \(shape.elementCount) elements of \(type.rawValue) of its shape",
        remedy: "export the model again")
    }
    guard size > 0 else { return try tensor(Data(), type, shape, layer) }
    guard let bytes else {
      throw ModelFormatError(
        .wrongCompanion, "describes an OpenVINO network, but its weights “\(path)” are missing or empty",
        remedy: "put that file beside it, or name it, as weights: \"….bin\"", context: layer.name)
    }
    guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else {
      throw ModelFormatError(
        .mismatchedWeights,
        "layer “\(layer.name)” (Const, line \(layer.line)) has its \(size) bytes at \(offset), but “\(path)” has "
          + "\(bytes.count) bytes",
        remedy: "name the .bin file that belongs to this .xml file", context: layer.name)
    }
    let start = bytes.startIndex + offset
    return try tensor(bytes[start..<start + size], type, shape, layer)
  }

  private func tensor(
    _ bytes: Data, _ type: ElementType, _ shape: Shape, _ layer: IRLayer
  ) throws(ModelFormatError) -> Tensor {
    let elements = try LittleEndianElements(bytes).elements(
      of: type, value: layer.name, byteCount: bytes.count)
    do {
      let tensor = try Tensor(shape: shape, elements: elements)
      return type == .float16 ? tensor.converted(to: .float32) : tensor
    } catch { throw layer.error(.malformedFile, error.message) }
  }
}
