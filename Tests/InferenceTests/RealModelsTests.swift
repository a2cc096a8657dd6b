import FoundationEssentials
import Graphs
import Inference
import ModelFormats
import Tensors
import Testing
import _TestSupport

@Suite struct RealModelsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let data = root.deletingLastPathComponent().appendingPathComponent("shared/data")
  private static let hasData = FileManager.default.fileExists(atPath: data.path)

  private static func executor(_ path: URL, companion: URL? = nil) throws -> Executor {
    var graph = try ModelFormatCatalog.load(path: path.path, companion: companion?.path).graph
    try PassPipeline.canonical.run(&graph)
    return try Executor(try ExecutionPlan(graph))
  }

  /// The largest difference of probabilities over some pictures of an array [N, 3, H, W].
  private static func largestDifference(
    _ executor: Executor, pixels: Tensor, expected: Tensor, pixel: (_ channel: Int, _ value: Float) -> (Int, Float)
  ) throws -> Float {
    let shape = pixels.shape
    let size = shape[1] * shape[2] * shape[3]
    let plane = shape[2] * shape[3]
    let values = pixels.floats
    var largest: Float = 0
    for image in 0..<shape[0] {
      var input = [Float](repeating: 0, count: size)
      for index in 0..<size {
        let (channel, value) = pixel(index / plane, values[image * size + index])
        input[channel * plane + index % plane] = value
      }
      let tensor = try Tensor(shape: try Shape([1, shape[1], shape[2], shape[3]]), input)
      let found = try executor.run([tensor])[0].floats
      let reference = expected.floats[image * found.count..<(image + 1) * found.count]
      for (a, b) in zip(found, reference) { largest = max(largest, abs(a - b)) }
    }
    return largest
  }

  private static func array(_ url: URL) throws -> Tensor { try NPYFile.tensor(try Data(contentsOf: url)) }

  @Test func `the embedded example gives ONNX Runtime's probabilities`() throws {
    let fixtures = Self.root.appendingPathComponent("Tests/Fixtures/example")
    let executor = try Self.executor(
      Self.root.appendingPathComponent("Sources/Examples/Resources/classifier/classifier.onnx"))
    let difference = try Self.largestDifference(
      executor, pixels: try Self.array(fixtures.appendingPathComponent("validation_pixels_first4.npy")),
      expected: try Self.array(fixtures.appendingPathComponent("validation_probabilities.npy"))
    ) { ($0, ($1 - 127.5) / 127.5) }
    #expect(difference < 1e-4)
  }

  @Test(.enabled(if: hasData, "no folder shared/data beside the checkout")) func `MobileNetV2 from ONNX`() throws {
    let difference = try Self.largestDifference(
      try Self.executor(Self.data.appendingPathComponent("models/mobilenet_v2.onnx")),
      pixels: try Self.array(Self.data.appendingPathComponent("expected/pixels_validation_first8.npy")),
      expected: try Self.array(Self.data.appendingPathComponent("expected/mobilenet_v2.onnx.validation.npy"))
    ) { ($0, ($1 - 127.5) / 127.5) }
    #expect(difference < 1e-4)
  }

  @Test(.enabled(if: hasData, "no folder shared/data beside the checkout")) func `MobileNetV2 from Caffe`() throws {
    let mean: [Float] = [123.68, 116.78, 103.94]
    let difference = try Self.largestDifference(
      try Self.executor(
        Self.data.appendingPathComponent("models/mobilenet_v2.prototxt"),
        companion: Self.data.appendingPathComponent("models/mobilenet_v2.caffemodel")),
      pixels: try Self.array(Self.data.appendingPathComponent("expected/pixels_validation_first8.npy")),
      expected: try Self.array(Self.data.appendingPathComponent("expected/mobilenet_v2.caffe.validation.npy"))
    ) { (2 - $0, ($1 - mean[$0]) / 58.8235) }
    #expect(difference < 1e-4)
  }
}
