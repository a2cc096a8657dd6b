import FoundationEssentials

/// Tensors that an ONNX file keeps in files beside it.
struct ONNXExternalData: Sendable {
  /// The path of the ONNX file.
  let modelPath: String

  /// The bytes of one tensor.
  ///
  /// - Parameters:
  ///   - entries: location, offset and length as the tensor states them.
  ///   - count: how many bytes the tensor needs.
  /// - Throws: `ModelFormatError` if the place is not in the folder of the model, or the file is missing or too short.
  func bytes(_ entries: [ONNXStringStringEntryProto], count: Int, of value: String) throws(ModelFormatError) -> Data {
    var fields: [String: String] = [:]
    for entry in entries { fields[entry.key] = entry.value }
    guard let location = fields["location"], !location.isEmpty else {
      throw ModelFormatError(
        .malformedFile, "“\(value)” lies in a file of its own, but which one is not said", context: value)
    }
    guard !location.hasPrefix("/"), !location.split(separator: "/").contains("..") else {
      throw ModelFormatError(
        .unsupportedFeature, "“\(value)” lies in “\(location)”, outside of the model's folder",
        remedy: "put the weights beside the model and export it again", context: value)
    }
    let folder = modelPath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let path = folder.isEmpty ? (modelPath.hasPrefix("/") ? "/" + location : location) : folder + "/" + location
    let file: ModelFile
    do {
      file = try ModelFile(reading: path)
    } catch {
      throw ModelFormatError(
        .unreadableFile, "the weights “\(value)” lie in “\(location)”, which \(error.message)",
        remedy: "put that file beside the model", file: modelPath, context: value)
    }
    guard let offset = Int(fields["offset"] ?? "0"), offset >= 0, let length = Int(fields["length"] ?? "\(count)"),
      length == count, offset <= file.bytes.count, count <= file.bytes.count - offset
    else {
      throw ModelFormatError(
        .malformedFile, "the weights “\(value)” do not fit in “\(location)” of \(file.bytes.count) bytes",
        remedy: "fetch both files again", context: value)
    }
    return file.bytes[(file.bytes.startIndex + offset)..<(file.bytes.startIndex + offset + count)]
  }
}
