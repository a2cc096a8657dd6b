import GraphArchives
import Tensors

extension LittleEndianElements {
  /// All elements of a type.
  ///
  /// - Parameters:
  ///   - value: what they belong to.
  ///   - byteCount: how many bytes there are.
  /// - Throws: `ModelFormatError.malformedFile` if the bytes are no multiple of an element.
  func elements(
    of type: ElementType, value: String, byteCount: Int
  ) throws(ModelFormatError) -> TensorElements {
    guard let elements = elements(of: type) else {
      throw ModelFormatError(
        .malformedFile, "“\(value)” has \(byteCount) bytes, no multiple of an element of \(type.rawValue)",
        remedy: "export the model again", context: value)
    }
    return elements
  }
}
