public import Documents

/// A model that was written to a file.
public struct ExportReport: Report {
  /// The name of the model.
  public let model: String
  /// The path of the file, as it was given.
  public let path: String
  /// `INT8` or `FP32`.
  public let precision: String
  /// The format with its version, as `ONNX, opset 18`.
  public let format: String
  /// How the format holds a quantized model, as `FakeQuantize and 8-bit weights`.
  public let quantizedForm: String
  /// How many nodes were written.
  public let nodeCount: Int
  /// The size of all files in bytes.
  public let byteCount: Int
  /// The SHA-256 of the file that was asked for, in hexadecimal.
  public let digest: String
  /// The second file, for formats that have one.
  public let companion: Companion?

  /// A file that belongs beside the one that was asked for.
  public struct Companion: Sendable {
    public let path: String
    public let byteCount: Int
    /// The SHA-256, in hexadecimal.
    public let digest: String

    /// Makes a file.
    public init(path: String, byteCount: Int, digest: String) {
      self.path = path
      self.byteCount = byteCount
      self.digest = digest
    }
  }

  /// Makes a report.
  public init(
    model: String, path: String, precision: String, format: String, quantizedForm: String, nodeCount: Int,
    byteCount: Int, digest: String, companion: Companion? = nil
  ) {
    self.model = model
    self.path = path
    self.precision = precision
    self.format = format
    self.quantizedForm = quantizedForm
    self.nodeCount = nodeCount
    self.byteCount = byteCount
    self.digest = digest
    self.companion = companion
  }

  /// What the file is.
  public var document: Document {
    var facts: [FactList.Fact] = [
      .init("File", path, note: NumberFormat.bytes.string(for: byteCount - (companion?.byteCount ?? 0))),
      .init("Format", format, note: precision == "INT8" ? "with \(quantizedForm)" : ""),
      .init("Precision", precision), .init("Nodes", NumberFormat.integer.string(for: nodeCount)),
      .init("SHA-256", digest),
    ]
    if let companion {
      facts += [
        .init("Weights", companion.path, note: NumberFormat.bytes.string(for: companion.byteCount)),
        .init("SHA-256 of the weights", companion.digest),
      ]
    }
    return Document(title: "\(model) written to \(path)", blocks: [.facts(FactList(facts))])
  }

  /// The same as on the page.
  public var data: DataValue {
    let weights = companion.map { companion -> DataValue in
      ["path": .string(companion.path), "bytes": .integer(companion.byteCount), "sha256": .string(companion.digest)]
    }
    return [
      "model": .string(model), "path": .string(path), "precision": .string(precision), "format": .string(format),
      "nodes": .integer(nodeCount), "bytes": .integer(byteCount), "sha256": .string(digest),
      "weights": weights ?? nil,
    ]
  }
}
