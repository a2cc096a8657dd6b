public import Documents

/// A model that was packaged.
public struct PackageReport: Report {
  /// A file of the package.
  public struct File: Sendable {
    /// Below the package's folder, or as it was given.
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

  /// The name of the model.
  public let model: String
  /// `INT8` or `FP32`.
  public let precision: String
  /// The folder, as it was given.
  public let path: String
  /// Pictures that are computed together.
  public let batch: Int
  /// Inferences that run at the same time.
  public let streams: Int
  /// All files in order, without the manifest.
  public let files: [File]
  /// The same as an archive.
  public let archive: File

  /// Makes a report.
  public init(
    model: String, precision: String, path: String, batch: Int, streams: Int, files: [File], archive: File
  ) {
    self.model = model
    self.precision = precision
    self.path = path
    self.batch = batch
    self.streams = streams
    self.files = files
    self.archive = archive
  }

  /// What was written.
  public var document: Document {
    let total = files.reduce(0) { $0 + $1.byteCount }
    return Document(
      title: "\(model) packaged in \(path)",
      blocks: [
        .facts(
          FactList([
            .init("Folder", path, note: "\(files.count) files, \(NumberFormat.bytes.string(for: total))"),
            .init("Archive", archive.path, note: NumberFormat.bytes.string(for: archive.byteCount)),
            .init("SHA-256 of the archive", archive.digest), .init("Precision", precision),
            .init("Batch", NumberFormat.integer.string(for: batch)),
            .init("Streams", NumberFormat.integer.string(for: streams)),
          ])),
        .facts(
          FactList(
            files.map { .init($0.path, NumberFormat.bytes.string(for: $0.byteCount), note: "SHA-256 \($0.digest)") })),
      ])
  }

  /// The same as on the page.
  public var data: DataValue {
    func value(of file: File) -> DataValue {
      ["path": .string(file.path), "bytes": .integer(file.byteCount), "sha256": .string(file.digest)]
    }
    return [
      "model": .string(model), "precision": .string(precision), "path": .string(path), "batch": .integer(batch),
      "streams": .integer(streams), "archive": value(of: archive), "files": .array(files.map(value(of:))),
    ]
  }
}
