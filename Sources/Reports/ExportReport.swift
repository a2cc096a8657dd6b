public import Documents

/// A model that was written to a file.
public struct ExportReport: Report {
  /// The name of the model.
  public let model: String
  /// The path of the file, as it was given.
  public let path: String
  /// `INT8` or `FP32`.
  public let precision: String
  /// The version of the operator set that the file names.
  public let opset: Int
  /// How many nodes were written.
  public let nodeCount: Int
  /// The size of the file in bytes.
  public let byteCount: Int
  /// The SHA-256 of the file, in hexadecimal.
  public let digest: String

  /// Makes a report.
  public init(
    model: String, path: String, precision: String, opset: Int, nodeCount: Int, byteCount: Int, digest: String
  ) {
    self.model = model
    self.path = path
    self.precision = precision
    self.opset = opset
    self.nodeCount = nodeCount
    self.byteCount = byteCount
    self.digest = digest
  }

  /// What the file is.
  public var document: Document {
    Document(
      title: "\(model) written to \(path)",
      blocks: [
        .facts(
          FactList([
            .init("File", path, note: NumberFormat.bytes.string(for: byteCount)),
            .init(
              "Format", "ONNX, opset \(opset)",
              note: precision == "INT8" ? "with QuantizeLinear and DequantizeLinear nodes" : ""),
            .init("Precision", precision), .init("Nodes", NumberFormat.integer.string(for: nodeCount)),
            .init("SHA-256", digest),
          ]))
      ])
  }

  /// The same as on the page.
  public var data: DataValue {
    [
      "model": .string(model), "path": .string(path), "precision": .string(precision), "opset": .integer(opset),
      "nodes": .integer(nodeCount), "bytes": .integer(byteCount), "sha256": .string(digest),
    ]
  }
}
