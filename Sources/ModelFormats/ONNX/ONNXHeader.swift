/// What an ONNX file says of itself.
struct ONNXHeader: Sendable {
  /// The versions of the default operator set that are read.
  static let opsets = 7...23
  /// The versions of the file format that are read.
  static let irVersions: ClosedRange<Int64> = 3...14

  let opset: Int
  let producer: String?

  /// Reads the header.
  ///
  /// - Throws: `ModelFormatError.foreignFile` or `unsupportedVersion`.
  init(_ model: ONNXModelProto) throws(ModelFormatError) {
    guard model.hasIrVersion, model.hasGraph else {
      throw ModelFormatError(
        .foreignFile, "is no ONNX model: it has no \(model.hasGraph ? "version" : "graph")",
        remedy: "check that the file was exported or fetched completely")
    }
    guard Self.irVersions.contains(model.irVersion) else {
      throw ModelFormatError(
        .unsupportedVersion,
        "is of ONNX IR version \(model.irVersion), but versions \(Self.irVersions.text) are read",
        remedy: "export it again with another version of ONNX")
    }
    let sets = model.opsetImport.filter { ONNXHeader.isDefaultDomain($0.domain) }
    guard let version = sets.map(\.version).max() else {
      throw ModelFormatError(
        .unsupportedVersion, "does not say which ONNX operator set it uses", remedy: "export it again with an opset")
    }
    guard sets.allSatisfy({ $0.version == version }), version >= Self.opsets.lowerBound,
      version <= Self.opsets.upperBound
    else {
      throw ModelFormatError(
        .unsupportedVersion, "uses ONNX opset \(version), but opsets \(Self.opsets.text) are read",
        remedy: "convert it with onnx.version_converter, or export it with such an opset")
    }
    opset = Int(version)
    let words = [model.producerName, model.producerVersion].filter { !$0.isEmpty }
    producer = words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// Whether nodes of a domain are ONNX's own operators.
  static func isDefaultDomain(_ domain: String) -> Bool { domain.isEmpty || domain == "ai.onnx" }
}

extension ClosedRange {
  fileprivate var text: String { "\(lowerBound) to \(upperBound)" }
}
