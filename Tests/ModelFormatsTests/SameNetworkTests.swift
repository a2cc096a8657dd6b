import Graphs
import ModelFormats
import Tensors
import Testing

/// One network in every format gives the same outputs.
@Suite struct SameNetworkTests {
  private let filters: [Float]
  private let statistics: [[Float]]
  private let depthwise: [Float]
  private let matrix: [Float]
  private let bias: [Float]
  private let picture: [Float]

  init() {
    var generator = SeededGenerator(seed: 7)
    func numbers(_ count: Int, _ range: ClosedRange<Float>) -> [Float] {
      (0..<count).map { _ in Float.random(in: range, using: &generator) }
    }
    filters = numbers(4 * 3 * 3 * 3, -0.5...0.5)
    statistics = [numbers(4, 0.5...1.5), numbers(4, -1...1), numbers(4, -1...1), numbers(4, 0.5...2)]
    depthwise = numbers(4 * 3 * 3, -0.5...0.5)
    matrix = numbers(5 * 4, -1...1)
    bias = numbers(5, -1...1)
    picture = numbers(3 * 9 * 9, -1...1)
  }

  private var onnx: ONNXFile {
    var file = ONNXFile()
    file.inputs = [ONNXFile.input("data", ["N", 3, 9, 9])]
    file.outputs = ["prob"]
    file.nodes = [
      ONNXFile.node(
        "Conv", ["data", "w1"], ["c1"],
        [ONNXFile.integers("pads", [1, 1, 1, 1]), ONNXFile.integers("strides", [2, 2])]),
      ONNXFile.node(
        "BatchNormalization", ["c1", "gamma", "beta", "mean", "variance"], ["n1"],
        [ONNXFile.attribute("epsilon", type: 1) { $0.float(2, 1e-3) }]),
      ONNXFile.node("Relu", ["n1"], ["r1"]),
      ONNXFile.node(
        "Conv", ["r1", "w2"], ["c2"],
        [ONNXFile.attribute("group", type: 2) { $0.integer(3, 4) }, ONNXFile.integers("pads", [1, 1, 1, 1])]),
      ONNXFile.node("Add", ["c2", "r1"], ["s"]),
      ONNXFile.node("Constant", [], ["low"], [ONNXFile.attribute("value_float", type: 1) { $0.float(2, 0) }]),
      ONNXFile.node("Constant", [], ["high"], [ONNXFile.attribute("value_float", type: 1) { $0.float(2, 6) }]),
      ONNXFile.node("Clip", ["s", "low", "high"], ["r2"]),
      ONNXFile.node(
        "MaxPool", ["r2"], ["p1"],
        [
          ONNXFile.integers("kernel_shape", [2, 2]), ONNXFile.integers("strides", [2, 2]),
          ONNXFile.attribute("ceil_mode", type: 2) { $0.integer(3, 1) },
        ]),
      ONNXFile.node("GlobalAveragePool", ["p1"], ["p2"]),
      ONNXFile.node("Flatten", ["p2"], ["f"]),
      ONNXFile.node("Gemm", ["f", "m", "b"], ["g"], [ONNXFile.attribute("transB", type: 2) { $0.integer(3, 1) }]),
      ONNXFile.node("Softmax", ["g"], ["prob"]),
    ]
    file.initializers = [
      ONNXFile.floats("w1", [4, 3, 3, 3], filters), ONNXFile.floats("w2", [4, 1, 3, 3], depthwise),
      ONNXFile.floats("gamma", [4], statistics[0]), ONNXFile.floats("beta", [4], statistics[1]),
      ONNXFile.floats("mean", [4], statistics[2]), ONNXFile.floats("variance", [4], statistics[3]),
      ONNXFile.floats("m", [5, 4], matrix), ONNXFile.floats("b", [5], bias),
    ]
    return file
  }

  private var caffe: CaffeFiles {
    CaffeFiles(
      prototxt: """
        name: "net"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 9 dim: 9 } } }
        layer {
          name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
          convolution_param { num_output: 4 kernel_size: 3 pad: 1 stride: 2 bias_term: false }
        }
        layer { name: "bn1" type: "BatchNorm" bottom: "conv1" top: "conv1" batch_norm_param { eps: 1e-3 } }
        layer { name: "scale1" type: "Scale" bottom: "conv1" top: "conv1" scale_param { bias_term: true } }
        layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
        layer {
          name: "conv2" type: "Convolution" bottom: "conv1" top: "conv2"
          convolution_param { num_output: 4 group: 4 kernel_size: 3 pad: 1 bias_term: false }
        }
        layer { name: "sum" type: "Eltwise" bottom: "conv2" bottom: "conv1" top: "sum" }
        layer { name: "relu2" type: "ReLU6" bottom: "sum" top: "sum" }
        layer { name: "pool1" type: "Pooling" bottom: "sum" top: "pool1" pooling_param { kernel_size: 2 stride: 2 } }
        layer { name: "pool2" type: "Pooling" bottom: "pool1" top: "pool2" pooling_param { pool: AVE global_pooling: true } }
        layer { name: "drop" type: "Dropout" bottom: "pool2" top: "pool2" }
        layer { name: "fc" type: "InnerProduct" bottom: "pool2" top: "fc" inner_product_param { num_output: 5 } }
        layer { name: "prob" type: "Softmax" bottom: "fc" top: "prob" }
        """,
      weights: [
        ("conv1", [.init([4, 3, 3, 3], filters)]),
        ("bn1", [.init([4], statistics[2].map { $0 * 4 }), .init([4], statistics[3].map { $0 * 4 }), .init([1], [4])]),
        ("scale1", [.init([4], statistics[0]), .init([4], statistics[1])]),
        ("conv2", [.init([4, 1, 3, 3], depthwise)]),
        ("fc", [.init([5, 4], matrix), .init([5], bias)]),
      ])
  }

  @Test func `ONNX and Caffe agree`() throws {
    let graphs = [try onnx.load().graph, try caffe.load().graph]
    let results = try graphs.map { try $0.floats(for: picture) }
    #expect(results[0].count == 5 && abs(results[0].reduce(0, +) - 1) < 1e-5)
    #expect(Set(results[0]).count == 5)
    for (first, second) in zip(results[0], results[1]) { #expect(abs(first - second) <= 1e-6) }
    #expect(graphs.map(\.nodes.count) == [11, 11])
  }

  @Test func `What Caffe gave is written as ONNX and computes the same`() throws {
    let graph = try caffe.load().graph
    let again = try ModelFormatCatalog.load(
      ModelFiles(main: ModelFile(path: "again.onnx", bytes: try ONNXExporter.export(graph))), as: ONNXFormat.self)
    #expect(try again.graph.floats(for: picture) == (try graph.floats(for: picture)))
  }
}
