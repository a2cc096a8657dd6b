import FoundationEssentials
import Graphs
import Inference
import ModelFormats
import Tensors
import Testing
import _TestSupport

/// Networks as they come out of their files, against what other programs computed.
@Suite struct RealModelsTests {
  private static func executor(_ path: URL, companion: URL? = nil) throws -> Executor {
    var graph = try ModelFormatCatalog.load(path: path.path, companion: companion?.path).graph
    try PassPipeline.canonical.run(&graph)
    let plan = try ExecutionPlan(graph)
    #expect(plan.isLowered, "\(plan.steps.filter { $0.kernel == "reference" }.map { "\($0.operation) \($0.nodes)" })")
    return try Executor(plan, threads: 2)
  }

  /// The largest difference from the expected probabilities over pictures [N, 3, H, W].
  private static func largestDifference(
    _ executor: Executor, pixels: Tensor, expected: Tensor, pixel: (_ channel: Int, _ value: Float) -> (Int, Float)
  ) throws -> Float {
    let shape = pixels.shape
    let plane = shape[2] * shape[3]
    let size = 3 * plane
    let values = pixels.floats
    var largest: Float = 0
    for image in 0..<shape[0] {
      var input = [Float](repeating: 0, count: size)
      for index in 0..<size {
        let (channel, value) = pixel(index / plane, values[image * size + index])
        input[channel * plane + index % plane] = value
      }
      let found = try executor.run([Tensor(shape: Shape([1, 3, shape[2], shape[3]]), input)])[0].floats
      let reference = expected.floats[image * found.count..<(image + 1) * found.count]
      for (a, b) in zip(found, reference) { largest = max(largest, abs(a - b)) }
    }
    return largest
  }

  @Test func `the embedded example gives ONNX Runtime's probabilities`() throws {
    let fixtures = OutsideData.project.appendingPathComponent("Tests/Fixtures/example")
    let model = OutsideData.project.appendingPathComponent("Sources/Examples/Resources/classifier/classifier.onnx")
    let difference = try Self.largestDifference(
      Self.executor(model), pixels: OutsideData.array(fixtures.appendingPathComponent("validation_pixels_first4.npy")),
      expected: OutsideData.array(fixtures.appendingPathComponent("validation_probabilities.npy"))
    ) { ($0, ($1 - 127.5) / 127.5) }
    #expect(difference < 1e-4)
  }

  @Test func `the embedded example as NNCF quantizes it runs on integers and gives OpenVINO's probabilities`() throws {
    let fixtures = OutsideData.project.appendingPathComponent("Tests/Fixtures")
    let executor = try Self.executor(fixtures.appendingPathComponent("openvino/mixed.xml"))
    let products = executor.plan.steps.filter { $0.products > 0 }
    #expect(products.count > 20)
    #expect(products.filter { $0.precision != "INT8" }.flatMap(\.nodes) == [])
    let difference = try Self.largestDifference(
      executor, pixels: OutsideData.array(fixtures.appendingPathComponent("example/validation_pixels_first4.npy")),
      expected: OutsideData.array(fixtures.appendingPathComponent("openvino/expected_first4.npy"))
    ) { ($0, ($1 - 127.5) / 127.5) }
    #expect(difference < 0.02)
  }

  @Test(.enabled(if: OutsideData.shared != nil, "no folder shared/data beside the checkout"))
  func `MobileNetV2 from ONNX`() throws {
    let data = try #require(OutsideData.shared)
    let difference = try Self.largestDifference(
      Self.executor(data.appendingPathComponent("models/mobilenet_v2.onnx")),
      pixels: OutsideData.array(data.appendingPathComponent("expected/pixels_validation_first8.npy")),
      expected: OutsideData.array(data.appendingPathComponent("expected/mobilenet_v2.onnx.validation.npy"))
    ) { ($0, ($1 - 127.5) / 127.5) }
    #expect(difference < 1e-4)
  }

  @Test(.enabled(if: OutsideData.shared != nil, "no folder shared/data beside the checkout"))
  func `MobileNetV2 from Caffe`() throws {
    let data = try #require(OutsideData.shared)
    let mean: [Float] = [123.68, 116.78, 103.94]
    let difference = try Self.largestDifference(
      Self.executor(
        data.appendingPathComponent("models/mobilenet_v2.prototxt"),
        companion: data.appendingPathComponent("models/mobilenet_v2.caffemodel")),
      pixels: OutsideData.array(data.appendingPathComponent("expected/pixels_validation_first8.npy")),
      expected: OutsideData.array(data.appendingPathComponent("expected/mobilenet_v2.caffe.validation.npy"))
    ) { (2 - $0, ($1 - mean[$0]) / 58.8235) }
    #expect(difference < 1e-4)
  }

  /// Networks with made-up weights whose files lie beside the outputs for an input that rises from 0 to 1.
  @Test(
    .enabled(if: OutsideData.lightModels != nil, "set OCTET_ONNX_LIGHT to the folder of onnx's light models"),
    arguments: [
      "bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19",
      "zfnet512",
    ]) func `light models`(name: String) throws
  {
    let folder = try #require(OutsideData.lightModels)
    let executor = try Self.executor(folder.appendingPathComponent("light_\(name).onnx"))
    let expected = try OutsideData.floats(ofTensorProto: folder.appendingPathComponent("light_\(name)_output_0.pb"))
    let shape = executor.plan.inputs[0].shape
    let count = shape.elementCount
    let input = try Tensor(shape: shape, (0..<count).map { Float($0) / Float(count) })
    let found = try executor.run([input])[0].floats
    #expect(found.count == 1000 && expected.count == 1000)
    let relative: Float = name == "densenet121" ? 2e-3 : 1e-3
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-7 + relative * abs($1) })
  }
}
