import Datasets
import Deployment
import Evaluation
import FoundationEssentials
import GraphArchives
import Graphs
import ModelFormats
import Tensors

/// The files of a package.
struct PackageContent {
  /// One file.
  struct File {
    /// Below the package's folder.
    let path: String
    let bytes: Data
    var isProgram = false
  }

  /// What `manifest.json` says.
  struct Manifest: Codable {
    struct File: Codable {
      let path: String
      let bytes: Int
      let sha256: String
    }

    let octet: String
    let model: String
    let precision: String
    let batch: Int
    let streams: Int
    let files: [File]
  }

  static let manifestName = "manifest.json"

  let description: PackagedModel
  let manifest: Manifest
  /// All files in order of their paths, the manifest last.
  let files: [File]

  /// Gathers the files for a model.
  ///
  /// - Throws: `ModelFormatError` for a network that cannot be written, `PackageError` where the runtime is missing,
  ///   `EvaluationError` where the batch is not possible.
  init(of model: Model, _ imageModel: ImageModel, batch: Int, streams: Int) throws {
    let rebatched = try model.graph.settingBatchSize(batch)
    description = PackagedModel(
      name: model.name, precision: model.precision, octet: OctetVersion.current, batch: batch, streams: streams,
      preprocessing: PackagedPreprocessing(imageModel.preprocessing),
      outputs: try Self.outputs(of: rebatched, batch: batch),
      classCount: imageModel.isClassifier ? imageModel.outputCount : 0, hasLabels: model.labels != nil)
    let producer = ("Octet", OctetVersion.current)
    let openVINO = try OpenVINOExporter.export(model.graph, producer: producer)
    var files = [
      File(path: "model/\(PackagedModel.fileName)", bytes: try description.encoded()),
      File(path: "model/\(PackagedModel.networkFileName)", bytes: GraphArchive.encode(model.graph)),
      File(path: "model/model.onnx", bytes: try ONNXExporter.export(model.graph, producer: producer)),
      File(path: "model/model.xml", bytes: openVINO.description),
      File(path: "model/model.bin", bytes: openVINO.weights),
      File(path: "README.md", bytes: Data(PackageReadme(description).text.utf8)),
    ]
    if let labels = model.labels {
      let lines = labels.classes.map { $0.line + "\n" }.joined()
      files.append(File(path: "model/\(PackagedModel.labelsFileName)", bytes: Data(lines.utf8)))
    }
    files += try RuntimeFiles().files()
    files.sort { $0.path < $1.path }
    manifest = Manifest(
      octet: OctetVersion.current, model: model.name, precision: model.precision, batch: batch, streams: streams,
      files: files.map { .init(path: $0.path, bytes: $0.bytes.count, sha256: FileDigest.ofBytes($0.bytes)) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let sums = manifest.files.map { "\($0.sha256)  \($0.path)\n" }.joined()
    self.files =
      files + [
        File(path: "SHA256SUMS", bytes: Data(sums.utf8)),
        File(path: Self.manifestName, bytes: try encoder.encode(manifest) + Data("\n".utf8)),
      ]
  }
}

extension PackageContent {
  /// The outputs of a network for one picture.
  ///
  /// - Throws: `PackageError` for one that has no row of floats for each picture.
  fileprivate static func outputs(of graph: Graph, batch: Int) throws -> [PackagedOutput] {
    try graph.outputs.map { output in
      guard let type = graph.type(of: output), type.elementType == .float32, type.shape.rank >= 1,
        type.shape[0] == batch, type.shape.elementCount > 0
      else {
        throw PackageError(
          message:
            "the output \(graph[output].name) is \(graph.type(of: output)?.description ?? "unknown"), not rows of "
            + "float32", remedy: "package a network whose outputs have one row of numbers for each picture")
      }
      return PackagedOutput(name: graph[output].name, extents: Array(type.shape.dimensions.dropFirst()))
    }
  }
}

/// Why a package cannot be made.
struct PackageError: Error {
  let message: String
  let remedy: String
}
