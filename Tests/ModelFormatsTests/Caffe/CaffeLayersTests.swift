import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct CaffeLayersTests {
  typealias Blob = CaffeFiles.Blob

  /// A network of one layer, what is fed and what must come out.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var files: CaffeFiles
    var inputs: [Blob]
    var expected: Blob

    /// - Parameters:
    ///   - layer: type and settings of the layer `l`, which reads `a`, `b`… and writes `y`.
    init(
      _ description: String, _ type: String, settings: String = "", weights: [Blob] = [], _ inputs: Blob...,
      gives expected: Blob
    ) {
      testDescription = description
      self.inputs = inputs
      self.expected = expected
      let names = zip(["a", "b", "c"], inputs)
      let declared = names.map { name, blob in
        "input: \"\(name)\" input_shape { \(blob.shape.map { "dim: \($0)" }.joined(separator: " ")) }"
      }
      let bottoms = names.map { "bottom: \"\($0.0)\"" }.joined(separator: " ")
      files = CaffeFiles(
        prototxt: declared.joined(separator: "\n")
          + "\nlayer { name: \"l\" type: \"\(type)\" \(bottoms) top: \"y\" \(settings) }",
        weights: [("other", [Blob([1], [0])]), ("l", weights)].filter { !$0.1.isEmpty })
      // A weights file must share a layer with the network.
      files.prototxt += "\nlayer { name: \"other\" type: \"Silence\" bottom: \"a\" }"
    }
  }

  private static func ramp(_ shape: Int..., from first: Int = 1) -> Blob {
    Blob(shape, (0..<shape.reduce(1, *)).map { Float(first + $0) })
  }

  private static func ones(_ shape: Int...) -> Blob {
    Blob(shape, [Float](repeating: 1, count: shape.reduce(1, *)))
  }

  private static let activations: [Case] = [
    Case("ReLU", "ReLU", Blob([1, 3], [-1, 0, 2]), gives: Blob([1, 3], [0, 0, 2])),
    Case(
      "leaky ReLU", "ReLU", settings: "relu_param { negative_slope: 0.5 }", Blob([1, 3], [-1, 0, 2]),
      gives: Blob([1, 3], [-0.5, 0, 2])),
    Case("ReLU6", "ReLU6", Blob([1, 3], [-1, 5, 7]), gives: Blob([1, 3], [0, 5, 6])),
    Case(
      "Clip", "Clip", settings: "clip_param { min: -2 max: 3 }", Blob([1, 3], [-3, 1, 4]),
      gives: Blob([1, 3], [-2, 1, 3])),
    Case(
      "ELU", "ELU", settings: "elu_param { alpha: 2 }", Blob([1, 2], [-1, 3]), gives: Blob([1, 2], [-1.2642411, 3])),
    Case("Sigmoid", "Sigmoid", Blob([1, 2], [0, 2]), gives: Blob([1, 2], [0.5, 0.88079708])),
    Case("TanH", "TanH", Blob([1, 2], [0, 1]), gives: Blob([1, 2], [0, 0.76159416])),
    Case("AbsVal", "AbsVal", Blob([1, 2], [-3, 1]), gives: Blob([1, 2], [3, 1])),
    Case(
      "PReLU by channel", "PReLU", weights: [Blob([2], [0.5, 0.25])], Blob([1, 2, 1, 2], [-2, 2, -4, 4]),
      gives: Blob([1, 2, 1, 2], [-1, 2, -1, 4])),
    Case(
      "PReLU shared", "PReLU", settings: "prelu_param { channel_shared: true }", weights: [Blob([], [0.5])],
      Blob([1, 2, 1, 1], [-2, -4]), gives: Blob([1, 2, 1, 1], [-1, -2])),
    Case(
      "Power", "Power", settings: "power_param { power: 2 scale: 3 shift: 1 }", Blob([1, 2], [1, -1]),
      gives: Blob([1, 2], [16, 4])),
  ]

  private static let pools: [Case] = [
    Case(
      "maximum, rounded up", "Pooling", settings: "pooling_param { kernel_size: 2 stride: 2 }", ramp(1, 1, 5, 5),
      gives: Blob([1, 1, 3, 3], [7, 9, 10, 17, 19, 20, 22, 24, 25])),
    Case(
      "maximum, rounded down", "Pooling", settings: "pooling_param { kernel_size: 2 stride: 2 round_mode: FLOOR }",
      ramp(1, 1, 5, 5), gives: Blob([1, 1, 2, 2], [7, 9, 17, 19])),
    Case(
      "maximum, last window cut off", "Pooling", settings: "pooling_param { kernel_size: 2 stride: 2 pad: 1 }",
      ramp(1, 1, 3, 3, from: -9), gives: Blob([1, 1, 2, 2], [-9, -7, -3, -1])),
    Case(
      "maximum, height and width", "Pooling",
      settings: "pooling_param { kernel_h: 1 kernel_w: 3 stride_h: 1 stride_w: 2 pad_w: 1 }",
      ramp(1, 1, 2, 4), gives: Blob([1, 1, 2, 3], [2, 4, 4, 6, 8, 8])),
    Case(
      "average, rounded up", "Pooling", settings: "pooling_param { pool: AVE kernel_size: 2 stride: 2 }",
      ramp(1, 1, 5, 5),
      gives: Blob([1, 1, 3, 3], [4, 6, 7.5, 14, 16, 17.5, 21.5, 23.5, 25])),
    // Windows of 3 from -1, 1 and 3 over 4 elements, each counting up to one element of padding: 2/3, 3/3, 1/2.
    Case(
      "average with padding", "Pooling", settings: "pooling_param { pool: AVE kernel_size: 3 stride: 2 pad: 1 }",
      ones(1, 1, 4, 4),
      gives: Blob([1, 1, 3, 3], [4.0 / 9, 2.0 / 3, 1.0 / 3, 2.0 / 3, 1, 0.5, 1.0 / 3, 0.5, 0.25])),
    Case(
      "global average", "Pooling", settings: "pooling_param { pool: AVE global_pooling: true }", ramp(1, 2, 2, 2),
      gives: Blob([1, 2, 1, 1], [2.5, 6.5])),
    Case(
      "global maximum", "Pooling", settings: "pooling_param { global_pooling: true }", ramp(1, 2, 2, 3),
      gives: Blob([1, 2, 1, 1], [6, 12])),
  ]

  private static let weighted: [Case] = [
    Case(
      "grouped convolution", "Convolution",
      settings: "convolution_param { num_output: 2 group: 2 kernel_size: 1 bias_term: false }",
      weights: [Blob([2, 1, 1, 1], [2, 3])], Blob([1, 2, 1, 2], [1, 2, 3, 4]),
      gives: Blob([1, 2, 1, 2], [2, 4, 9, 12])),
    Case(
      "padded, dilated convolution", "Convolution",
      settings: "convolution_param { num_output: 1 kernel_size: 2 dilation: 2 pad: 1 bias_term: false }",
      weights: [Blob([1, 1, 2, 2], [1, 10, 100, 1000])], Blob([1, 1, 2, 2], [1, 2, 3, 4]),
      gives: Blob([1, 1, 2, 2], [4000, 300, 20, 1])),
    Case(
      "convolution by height and width", "Convolution",
      settings: "convolution_param { num_output: 1 kernel_h: 1 kernel_w: 2 stride_h: 2 stride_w: 1 pad_h: 0 pad_w: 1 }",
      weights: [Blob([1, 1, 1, 2], [1, 10]), Blob([1], [0.5])], Blob([1, 1, 2, 2], [1, 2, 3, 4]),
      gives: Blob([1, 1, 1, 3], [10.5, 21.5, 2.5])),
    Case(
      "inner product of a picture", "InnerProduct", settings: "inner_product_param { num_output: 2 }",
      weights: [Blob([2, 3], [1, 2, 3, 0, 1, 0]), Blob([2], [10, 20])], Blob([1, 3, 1, 1], [1, 2, 3]),
      gives: Blob([1, 2], [24, 22])),
    Case(
      "inner product, transposed", "InnerProduct",
      settings: "inner_product_param { num_output: 2 transpose: true bias_term: false }",
      weights: [Blob([3, 2], [1, 0, 2, 1, 3, 0])], Blob([1, 3], [1, 2, 3]), gives: Blob([1, 2], [14, 2])),
    Case(
      "inner product of the last axis", "InnerProduct",
      settings: "inner_product_param { num_output: 1 axis: -1 bias_term: false }",
      weights: [Blob([1, 2], [1, 10])], ramp(1, 2, 2), gives: Blob([1, 2, 1], [21, 43])),
    // mean (2, 4) / 2, variance (8, 0.5) / 2
    Case(
      "batch normalization", "BatchNorm", settings: "batch_norm_param { eps: 0 }",
      weights: [Blob([2], [2, 4]), Blob([2], [8, 0.5]), Blob([1], [2])], Blob([1, 2, 1, 1], [5, 3]),
      gives: Blob([1, 2, 1, 1], [2, 2])),
    Case(
      "batch normalization without statistics", "BatchNorm",
      settings: "batch_norm_param { eps: 4 use_global_stats: true }",
      weights: [Blob([1], [2]), Blob([1], [8]), Blob([1], [0])], Blob([1, 1, 1, 2], [5, 3]),
      gives: Blob([1, 1, 1, 2], [2.5, 1.5])),
    Case(
      "scale and bias", "Scale", settings: "scale_param { bias_term: true }",
      weights: [Blob([2], [2, 3]), Blob([2], [10, 20])],
      Blob([1, 2, 1, 2], [1, 2, 3, 4]), gives: Blob([1, 2, 1, 2], [12, 14, 29, 32])),
    Case(
      "scale of the last axis", "Scale", settings: "scale_param { axis: -1 }", weights: [Blob([2], [2, 3])],
      ramp(1, 2, 2),
      gives: Blob([1, 2, 2], [2, 6, 6, 12])),
    Case(
      "scale of all axes", "Scale", settings: "scale_param { axis: 1 num_axes: -1 }",
      weights: [Blob([2, 2], [1, 2, 3, 4])],
      ramp(1, 2, 2), gives: Blob([1, 2, 2], [1, 4, 9, 16])),
    Case(
      "scale of none", "Scale", settings: "scale_param { num_axes: 0 }", weights: [Blob([], [5])], ramp(1, 2),
      gives: Blob([1, 2], [5, 10])),
    Case("bias", "Bias", weights: [Blob([2], [5, 6])], ramp(1, 2, 1, 1), gives: Blob([1, 2, 1, 1], [6, 8])),
  ]

  private static let others: [Case] = [
    Case(
      "scale by another blob", "Scale", settings: "scale_param { axis: 0 }", ramp(1, 2, 1, 2), Blob([1, 2], [2, 3]),
      gives: Blob([1, 2, 1, 2], [2, 4, 9, 12])),
    Case("concatenation", "Concat", ramp(1, 2), ramp(1, 1, from: 7), gives: Blob([1, 3], [1, 2, 7])),
    Case(
      "concatenation, old axis", "Concat", settings: "concat_param { concat_dim: 0 }", ramp(1, 2), ramp(2, 2),
      gives: Blob([3, 2], [1, 2, 1, 2, 3, 4])),
    Case("sum of three", "Eltwise", ramp(1, 2), ramp(1, 2), ramp(1, 2), gives: Blob([1, 2], [3, 6])),
    Case(
      "weighted sum", "Eltwise", settings: "eltwise_param { operation: SUM coeff: 1 coeff: -2 }", ramp(1, 2),
      ramp(1, 2, from: 5),
      gives: Blob([1, 2], [-9, -10])),
    Case(
      "product", "Eltwise", settings: "eltwise_param { operation: PROD }", ramp(1, 2), ramp(1, 2), ramp(1, 2),
      gives: Blob([1, 2], [1, 8])),
    Case(
      "maximum", "Eltwise", settings: "eltwise_param { operation: MAX }", Blob([1, 2], [1, 5]), Blob([1, 2], [3, 2]),
      gives: Blob([1, 2], [3, 5])),
    Case("softmax", "Softmax", Blob([1, 2, 1], [0, 1.0986123]), gives: Blob([1, 2, 1], [0.25, 0.75])),
    Case(
      "softmax of another axis", "Softmax", settings: "softmax_param { axis: -1 }", Blob([1, 2, 1], [0, 5]),
      gives: Blob([1, 2, 1], [1, 1])),
    // 1 + 3 / 3 * (1 + 4), 1 + (1 + 4 + 9), 1 + (4 + 9)
    Case(
      "local response normalization", "LRN", settings: "lrn_param { local_size: 3 alpha: 3 beta: 1 k: 1 }",
      ramp(1, 3, 1, 1),
      gives: Blob([1, 3, 1, 1], [1.0 / 6, 2.0 / 15, 3.0 / 14])),
    Case("flattening", "Flatten", ramp(2, 3, 2, 1), gives: Blob([2, 6], (1...12).map(Float.init))),
    Case(
      "flattening in the middle", "Flatten", settings: "flatten_param { axis: 1 end_axis: 2 }", ramp(2, 1, 3, 2),
      gives: Blob([2, 3, 2], (1...12).map(Float.init))),
    Case(
      "reshaping", "Reshape", settings: "reshape_param { shape { dim: 0 dim: -1 dim: 2 } }", ramp(2, 3, 2),
      gives: Blob([2, 3, 2], (1...12).map(Float.init))),
    Case(
      "reshaping of some axes", "Reshape", settings: "reshape_param { shape { dim: 2 dim: 3 } axis: 1 num_axes: 1 }",
      ramp(1, 6, 2), gives: Blob([1, 2, 3, 2], (1...12).map(Float.init))),
    Case(
      "a new axis", "Reshape", settings: "reshape_param { shape { dim: 1 } axis: -1 num_axes: 0 }", ramp(2, 3),
      gives: Blob([2, 3, 1], (1...6).map(Float.init))),
    Case(
      "dropout", "Dropout", settings: "dropout_param { dropout_ratio: 0.9 }", ramp(1, 2), gives: Blob([1, 2], [1, 2])),
  ]

  @Test(arguments: activations + pools + weighted + others)
  func `A layer computes what Caffe computes`(example: Case) throws {
    var files = example.files
    if files.weights.isEmpty { files.weights = [("other", [Blob([1], [0])])] }
    let graph = try files.load().graph
    let inputs = try example.inputs.map { try Tensor(shape: try Shape($0.shape), $0.values) }
    let output = try #require(try graph.evaluated(inputs).first)
    #expect(output.shape.dimensions == example.expected.shape)
    let differences = zip(output.floats, example.expected.values).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 <= 1e-6 }, "\(output.floats)")
    let names = graph.nodes.compactMap { $0.outputs.first ?? nil }.map { graph[$0].name }
    #expect(Set(names).count == names.count && graph.type(of: graph.outputs[0])?.shape == output.shape)
  }

  private static let refusals: [(example: Case, words: String)] = [
    (
      Case("", "Deconvolution", ramp(1, 1), gives: ones()),
      "layer type that is not supported: Deconvolution (layer “l”)"
    ),
    (
      Case(
        "", "Pooling", settings: "pooling_param { pool: STOCHASTIC kernel_size: 1 }", ramp(1, 1, 2, 2), gives: ones()),
      "stochastically"
    ),
    (
      Case("", "Pooling", settings: "pooling_param { kernel_size: 1 stride: 3 }", ramp(1, 1, 5, 5), gives: ones()),
      "last window lies outside"
    ),
    (
      Case("", "Pooling", settings: "pooling_param { kernel_size: 9 }", ramp(1, 1, 5, 5), gives: ones()),
      "does not fit a height of 5"
    ),
    (Case("", "Pooling", ramp(1, 1, 5, 5), gives: ones()), "a window of 0"),
    (Case("", "Pooling", settings: "pooling_param { kernel_size: 1 }", ramp(1, 5), gives: ones()), "pools 4 axes"),
    (
      Case("", "LRN", settings: "lrn_param { norm_region: WITHIN_CHANNEL }", ramp(1, 1, 5, 5), gives: ones()),
      "within channels"
    ),
    (Case("", "LRN", settings: "lrn_param { local_size: 4 }", ramp(1, 1, 5, 5), gives: ones()), "must be odd"),
    (
      Case("", "BatchNorm", settings: "batch_norm_param { use_global_stats: false }", ramp(1, 1, 1, 1), gives: ones()),
      "each batch's own statistics"
    ),
    (
      Case("", "Convolution", settings: "convolution_param { kernel_size: 1 }", ramp(1, 1, 2, 2), gives: ones()),
      "convolved to 0"
    ),
    (
      Case("", "Convolution", settings: "convolution_param { num_output: 1 }", ramp(1, 1, 2, 2), gives: ones()),
      "kernel_size has 0 numbers"
    ),
    (Case("", "Convolution", ramp(1, 2), gives: ones()), "convolves [1, 2]"),
    (Case("", "Softmax", settings: "softmax_param { axis: 2 }", ramp(1, 2), gives: ones()), "no axis 2 among 2"),
    (Case("", "Softmax", ramp(1, 2), ramp(1, 2), gives: ones()), "has 2 bottoms and 1 tops"),
    (Case("", "Eltwise", ramp(1, 2), ramp(1, 3), gives: ones()), "combines [1, 2] with [1, 3]"),
    (
      Case("", "Eltwise", settings: "eltwise_param { coeff: 1 }", ramp(1, 2), ramp(1, 2), gives: ones()),
      "1 coefficients for 2"
    ),
    (Case("", "Concat", ramp(1, 2), ramp(2, 3), gives: ones()), "layer “l”"),
    (Case("", "Reshape", settings: "reshape_param { shape { dim: 5 } }", ramp(1, 2), gives: ones()), "layer “l”"),
    (
      Case("", "Flatten", settings: "flatten_param { axis: 1 end_axis: 0 }", ramp(1, 2), gives: ones()),
      "behind end_axis"
    ),
    (Case("", "Clip", settings: "clip_param { min: 3 max: 1 }", ramp(1, 2), gives: ones()), "min and max in order"),
  ]

  @Test(arguments: refusals.indices) func `A layer that cannot be computed is an error that names it`(index: Int) {
    let (example, words) = Self.refusals[index]
    var files = example.files
    files.weights = [("other", [Blob([1], [0])]), ("l", [Blob([1], [0]), Blob([1], [0]), Blob([1], [0])])]
    #expect {
      try files.load()
    } throws: {
      "\($0)".contains(words) && "\($0)".contains("“l”") && ($0 as? ModelFormatError)?.context == "l"
    }
  }
}
