import FoundationEssentials
import SwiftProtobuf

/// ONNX: one Protocol Buffers file of a graph and its weights.
public enum ONNXFormat: ModelFormat {
  /// See `ModelFormat.name`.
  public static let name = "ONNX"
  /// See `ModelFormat.fileExtensions`.
  public static let fileExtensions = ["onnx"]
  /// See `ModelFormat.companion`.
  public static let companion: CompanionFile? = nil

  /// See `ModelFormat.matches(_:)`.
  public static func matches(_ header: [UInt8]) -> Bool {
    // The first field of a model is its IR version, a small number.
    header.count >= 2 && header[0] == 0x08 && (1...64).contains(header[1])
  }

  /// Reads an ONNX file.
  ///
  /// - Throws: `ModelFormatError`.
  public static func load(_ files: ModelFiles, options: ImportOptions) throws(ModelFormatError) -> ImportedModel {
    let file = files.main
    var decoding = BinaryDecodingOptions()
    decoding.discardUnknownFields = true
    let model: ONNXModelProto
    do {
      model = try ONNXModelProto(serializedBytes: file.bytes, options: decoding)
    } catch {
      guard matches(file.header) else {
        throw ModelFormatError(
          .foreignFile, "is no ONNX model", remedy: "check that the file was exported or fetched completely",
          file: file.path)
      }
      throw ModelFormatError(
        .malformedFile, "is damaged or was cut off (\(file.bytes.count) bytes are there)",
        remedy: "fetch or export the model again", file: file.path)
    }
    let header = try ONNXHeader(model)
    return try ONNXImporter(header: header, path: file.path, options: options).model(model.graph)
  }
}
