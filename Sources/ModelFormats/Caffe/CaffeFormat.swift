import FoundationEssentials

/// Caffe: a prototxt that describes the network and a caffemodel of its weights.
public enum CaffeFormat: ModelFormat {
  /// See `ModelFormat.name`.
  public static let name = "Caffe"
  /// See `ModelFormat.fileExtensions`.
  public static let fileExtensions = ["prototxt", "pbtxt"]
  /// See `ModelFormat.companion`.
  public static let companion: CompanionFile? = CompanionFile(role: "weights", fileExtensions: ["caffemodel"])

  /// See `ModelFormat.matches(_:)`.
  public static func matches(_ header: [UInt8]) -> Bool {
    let lines = header.split { $0 == 0x0A || $0 == 0x0D }
    guard
      let line = lines.map({ $0.drop { $0 == 0x20 || $0 == 0x09 } }).first(where: { !$0.isEmpty && $0.first != 0x23 })
    else { return false }
    let word = String(decoding: line.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F }, as: UTF8.self)
    return ["name", "input", "input_shape", "input_dim", "layer", "layers", "state", "force_backward"].contains(word)
  }

  /// Reads a prototxt and the caffemodel that is its companion.
  ///
  /// - Throws: `ModelFormatError`.
  public static func load(_ files: ModelFiles, options: ImportOptions) throws(ModelFormatError) -> ImportedModel {
    guard let companion = files.companion else {
      throw ModelFormatError(
        .wrongCompanion, "describes a Caffe network, but its weights are in a second file",
        remedy: "name it too, as weights: \"….caffemodel\"", file: files.main.path)
    }
    let text: [UInt8] = Array(files.main.bytes)
    let network = try PrototxtReader.network(text)
    let weights: CaffeWeights
    do {
      weights = try CaffeWeights(companion)
    } catch { throw error.inFile(companion.path) }
    return try CaffeImporter(network: network, weights: weights, options: options).model()
  }
}
