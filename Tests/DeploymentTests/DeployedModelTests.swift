import Datasets
import Deployment
import Evaluation
import FoundationEssentials
import GraphArchives
import Graphs
import Inference
import ModelFormats
import Tensors
import Testing

/// The embedded example, packaged by hand.
@Suite struct DeployedModelTests {
  private static let project = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let example = project.appendingPathComponent("Sources/Examples/Resources/classifier")

  private let graph: Graph
  private let preprocessing: Preprocessing
  private let dataset: Dataset

  init() throws {
    var graph = try ModelFormatCatalog.load(path: Self.example.appendingPathComponent("classifier.onnx").path).graph
    try PassPipeline.canonical.run(&graph)
    self.graph = try graph.settingBatchSize(1)
    preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .shorterSide(72), crop: ImageSize(64), mean: [127.5], scale: [127.5]),
      inputShape: Shape([1, 3, 64, 64]))
    dataset = try Dataset(openingFolder: Self.example.appendingPathComponent("validation").path)
  }

  private func withPackage<Result>(
    change: (inout PackagedModel) -> Void = { _ in }, _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UInt64.random(in: 0...(.max)))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var description = PackagedModel(
      name: "classifier", precision: "FP32", octet: "1.2.3", batch: 1, streams: 1,
      preprocessing: PackagedPreprocessing(preprocessing),
      outputs: [PackagedOutput(name: "probabilities", extents: [12])], classCount: 12,
      hasLabels: true)
    change(&description)
    try description.encoded().write(to: folder.appendingPathComponent(PackagedModel.fileName))
    try GraphArchive.encode(graph).write(to: folder.appendingPathComponent(PackagedModel.networkFileName))
    try FileManager.default.copyItem(
      at: Self.example.appendingPathComponent("labels.txt"),
      to: folder.appendingPathComponent(PackagedModel.labelsFileName))
    return try body(folder.path)
  }

  @Test(arguments: [(1, 1), (3, 2), (7, 4)])
  func `Scores are those of a prediction run, bit for bit`(batch: Int, streams: Int) throws {
    let expected = try PredictionRun(ImageModel(plans: PlanCache(graph), preprocessing: preprocessing)).predict(dataset)
    let files = dataset.samples.map(dataset.filePath)
    let orientation = dataset.orientation
    let scores = try withPackage { folder in
      let model = try DeployedModel(folder: folder, batch: batch, streams: streams)
      #expect(model.description.batch == batch && model.labels?.count == 12)
      return try model.scores(count: files.count) { index throws(DeploymentError) in
        do throws(DatasetError) { return try Image(contentsOfFile: files[index], orientation: orientation) } catch {
          throw DeploymentError(error, .invalidPicture)
        }
      }
    }
    #expect(scores.map(\.bitPattern) == expected.values.map(\.bitPattern))
  }

  @Test func `No pictures give no scores, and a bad picture is named`() throws {
    try withPackage { folder in
      let model = try DeployedModel(folder: folder)
      #expect(try model.scores(count: 0) { _ throws(DeploymentError) in throw DeploymentError(.unsupported, "") } == [])
      let error = #expect(throws: DeploymentError.self) {
        try model.scores(count: 5) { index throws(DeploymentError) in
          if index >= 3 { throw DeploymentError(.invalidPicture, "picture \(index)") }
          do throws(DatasetError) {
            return try Image(size: ImageSize(80), pixels: [UInt8](repeating: 9, count: 19_200))
          } catch {
            throw DeploymentError(error, .invalidPicture)
          }
        }
      }
      #expect(error?.code == .invalidPicture && error?.message == "picture 3")
    }
  }

  /// What is wrong with a package, by what is done to its folder.
  static let damages: [(String, DeploymentError.Code, String, @Sendable (String) throws -> Void)] = [
    (
      "no description", .invalidPackage, "model.json cannot be read",
      { try FileManager.default.removeItem(atPath: $0 + "/model.json") }
    ),
    (
      "no network", .invalidPackage, "model.octet cannot be read",
      { try FileManager.default.removeItem(atPath: $0 + "/model.octet") }
    ),
    ("no labels", .invalidPackage, "labels.txt", { try FileManager.default.removeItem(atPath: $0 + "/labels.txt") }),
    (
      "other text", .invalidPackage, "is damaged",
      { try Data("{}".utf8).write(to: URL(fileURLWithPath: $0 + "/model.json")) }
    ),
    (
      "cut network", .invalidPackage, "is damaged",
      { folder in
        let file = URL(fileURLWithPath: folder + "/model.octet")
        try Data(contentsOf: file).dropLast(100).write(to: file)
      }
    ),
  ]

  @Test(arguments: damages) func `A damaged package is an error that names the file`(
    name: String, code: DeploymentError.Code, words: String, damage: @Sendable (String) throws -> Void
  ) throws {
    try withPackage { folder in
      try damage(folder)
      let error = #expect(throws: DeploymentError.self) { try DeployedModel(folder: folder) }
      #expect(error?.code == code && error?.message.contains(words) == true, "\(String(describing: error))")
    }
  }

  @Test func `A package of another version, or one that does not fit, is refused`() throws {
    let changes: [(DeploymentError.Code, String, (inout PackagedModel) -> Void)] = [
      (.invalidPackage, "of version 99", { $0.archive = 99 }),
      (.invalidPackage, "does not fit", { $0.classCount = 13 }),
      (.invalidPackage, "does not fit", { $0.preprocessing.channels = "cmyk" }),
      (.invalidPackage, "does not fit", { $0.preprocessing.crop = [32, 64] }),
      (.invalidArgument, "a batch of 0", { $0.batch = 0 }), (.invalidArgument, "65 streams", { $0.streams = 65 }),
    ]
    for (code, words, change) in changes {
      try withPackage(change: change) { folder in
        let error = #expect(throws: DeploymentError.self) { try DeployedModel(folder: folder) }
        #expect(error?.code == code && error?.message.contains(words) == true, "\(String(describing: error))")
      }
    }
  }
}
