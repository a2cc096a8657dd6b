import Datasets
import Examples
import FoundationEssentials
import Graphs
import Inference
import ModelFormats
import Quantization
import Tensors
import _TestSupport

/// An example of the source tree, ready to be run.
struct LoadedExample {
  static let files = InstalledFiles(
    executable: nil,
    environmentPath: URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Examples/Resources").path
  )

  let example: Example
  let graph: Graph
  let preprocessing: Preprocessing
  let validation: Dataset
  let calibration: Dataset

  init(_ name: String) throws {
    example = try ExampleLibrary.example(named: name, of: Self.files)
    var graph = try ModelFormatCatalog.load(path: example.modelPath).graph
    try PassPipeline.canonical.run(&graph)
    self.graph = try graph.settingBatchSize(1)
    let (resize, crop): (Resizing, ImageSize?) =
      switch example.resizing {
      case .shorterSide(let side, let crop): (.shorterSide(side), ImageSize(crop))
      case .stretch(let width, let height): (.stretch(ImageSize(width: width, height: height)), nil)
      }
    let options = PreprocessingOptions(
      resize: resize, crop: crop, channels: ChannelOrder(rawValue: example.channels), mean: [Float(example.mean)],
      scale: [Float(example.scale)])
    preprocessing = try Preprocessing(options, inputShape: self.graph.inputShape)
    validation = try Dataset(openingFolder: example.picturesPath(.validation))
    calibration = try Dataset(openingFolder: example.picturesPath(.calibration))
  }

  func input(_ sample: Sample, of dataset: Dataset) throws -> Tensor {
    try preprocessing.apply(to: dataset.load(sample))
  }

  /// The default quantization, with all pictures that there are to calibrate with.
  func quantized() throws -> Graph {
    let (calibration, preprocessing) = (calibration, preprocessing)
    let samples = CalibrationSamples(count: calibration.samples.count) { index in
      [try preprocessing.apply(to: calibration.load(calibration.samples[index]))]
    }
    return try Quantizer().quantize(graph, calibration: samples, threads: 2).graph
  }

  /// All outputs for the first pictures of the validation set.
  func outputs(of graph: Graph, count: Int) throws -> [[Tensor]] {
    let executor = try Executor(ExecutionPlan(graph))
    return try validation.samples.prefix(count).map { try executor.run([input($0, of: validation)]) }
  }

  /// An array of `Fixtures`, one tensor a picture.
  static func fixture(_ name: String) throws -> Tensor {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name).npy")
    return try NPYFile.tensor(Data(contentsOf: file))
  }
}

extension Graph {
  fileprivate var inputShape: Shape {
    get throws {
      guard let input = inputs.first, let type = type(of: input) else { throw GraphError(.invalidInput, "no input") }
      return type.shape
    }
  }
}
