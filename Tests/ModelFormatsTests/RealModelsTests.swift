import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

/// Two real ImageNet networks that are not part of the project.
@Suite(.enabled(if: OutsideData.shared != nil, "no folder shared/data beside the checkout"))
struct RealModelsTests {
  private let models: URL
  private let expected: URL

  init() throws {
    let data = try #require(OutsideData.shared)
    models = data.appendingPathComponent("models")
    expected = data.appendingPathComponent("expected")
  }

  private func loadONNX() throws -> ImportedModel {
    try ModelFormatCatalog.load(path: models.appendingPathComponent("mobilenet_v2.onnx").path)
  }

  private func loadCaffe() throws -> ImportedModel {
    try ModelFormatCatalog.load(
      path: models.appendingPathComponent("mobilenet_v2.prototxt").path,
      companion: models.appendingPathComponent("mobilenet_v2.caffemodel").path)
  }

  private static func counts(_ graph: Graph) -> [String: Int] {
    Dictionary(grouping: graph.operatorNames) { $0 }.mapValues(\.count)
  }

  private static func weightCount(_ graph: Graph) -> Int {
    graph.values.reduce(0) { $0 + ($1.constant?.elementCount ?? 0) }
  }

  @Test func `The ONNX model is read whole`() throws {
    let model = try loadONNX()
    let graph = model.graph
    #expect(model.opset == 13 && model.notes.isEmpty)
    #expect(
      Self.counts(graph) == [
        "Identity": 2, "Conv": 53, "Clip": 35, "Add": 10, "GlobalAveragePool": 1, "Flatten": 1, "Softmax": 1,
      ])
    #expect(graph.inputs.map { graph[$0].name } == ["input"])
    #expect(graph.type(of: graph.inputs[0]) == ValueType(.float32, try Shape([1, 3, 224, 224])))
    #expect(graph.type(of: graph.outputs[0]) == ValueType(.float32, try Shape([1, 1001])))
    #expect(Self.weightCount(graph) == 3_489_099)
  }

  @Test func `The Caffe model is read whole`() throws {
    let model = try loadCaffe()
    let graph = model.graph
    #expect(model.notes.isEmpty && graph.name == "MOBILENET_V2")
    #expect(
      Self.counts(graph) == [
        "BatchNormalization": 53, "Conv": 54, "Add": 10, "Relu": 36, "GlobalAveragePool": 1, "Softmax": 1,
      ])
    #expect(graph.inputs.map { graph[$0].name } == ["data"] && graph.outputs.map { graph[$0].name } == ["prob"])
    #expect(graph.type(of: graph.inputs[0]) == ValueType(.float32, try Shape([1, 3, 224, 224])))
    #expect(graph.type(of: graph.outputs[0])?.shape.dimensions.filter { $0 != 1 } == [1000])
    // Convolutions, normalizations without their 53 factors, and scales, counted in the file byte by byte.
    #expect(Self.weightCount(graph) == 3_471_784 + 34_229 - 53 + 34_176)
  }

  /// Compares the network's output for the first picture with what another program computed.
  private func check(
    _ graph: Graph, _ name: String, pixel: (_ channel: Int, _ value: Float) -> (channel: Int, value: Float)
  ) throws {
    let pixels = try #require(NumPyArray(expected.appendingPathComponent("pixels_validation_first8.npy")))
    let reference = try #require(NumPyArray(expected.appendingPathComponent("\(name).validation.npy")))
    #expect(pixels.shape == [8, 3, 224, 224])
    let plane = 224 * 224
    var input = [Float](repeating: 0, count: 3 * plane)
    for (index, value) in pixels.row(0).enumerated() {
      let (channel, prepared) = pixel(index / plane, value)
      input[channel * plane + index % plane] = prepared
    }
    var canonical = graph
    try PassPipeline.canonical.run(&canonical)
    #expect(canonical.nodes.count < graph.nodes.count)
    let wanted = reference.row(0)
    for graph in [graph, canonical] {
      let output = try graph.floats(for: input)
      #expect(output.count == wanted.count && zip(output, wanted).allSatisfy { abs($0 - $1) <= 1e-4 })
    }
  }

  @Test func `The ONNX model computes what ONNX Runtime computes`() throws {
    try check(loadONNX().graph, "mobilenet_v2.onnx") { ($0, ($1 - 127.5) / 127.5) }
  }

  @Test func `The Caffe model computes what OpenCV computes`() throws {
    let means: [Float] = [123.68, 116.78, 103.94]
    try check(loadCaffe().graph, "mobilenet_v2.caffe") { (2 - $0, ($1 - means[$0]) / 58.8235) }
  }

  @Test func `The wrong weights are told from the right ones`() throws {
    let files = [
      models.appendingPathComponent("mobilenet_v2.prototxt"), models.appendingPathComponent("mobilenet_v2.onnx"),
    ]
    #expect {
      try ModelFormatCatalog.load(path: files[0].path, companion: files[1].path)
    } throws: {
      ($0 as? ModelFormatError)?.code == .foreignFile && ($0 as? ModelFormatError)?.file == files[1].path
    }
  }
}
