import FoundationEssentials

/// OpenVINO IR: an .xml file that describes the network and a .bin file of its weights.
public enum OpenVINOFormat: ModelFormat {
  /// See `ModelFormat.name`.
  public static let name = "OpenVINO IR"
  /// See `ModelFormat.fileExtensions`.
  public static let fileExtensions = ["xml"]
  /// See `ModelFormat.companion`.
  public static let companion: CompanionFile? = CompanionFile(role: "weights", fileExtensions: ["bin"])
  /// The versions of the format that are read.
  static let versions = 10...11

  /// See `ModelFormat.matches(_:)`.
  public static func matches(_ header: [UInt8]) -> Bool {
    let start = String(decoding: header, as: UTF8.self)
    guard let first = start.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }), first == "<" else { return false }
    return start.contains("<net ")
  }

  /// Reads an .xml file and the .bin file beside it, or the one that is given as its companion.
  ///
  /// - Throws: `ModelFormatError`.
  public static func load(_ files: ModelFiles, options: ImportOptions) throws(ModelFormatError) -> ImportedModel {
    let network = try IRNetwork(try XMLReader.root(of: files.main.bytes))
    let weights = try IRWeights(files.companion, beside: files.main.path)
    return try IRImporter(network: network, weights: weights, options: options).model()
  }
}
