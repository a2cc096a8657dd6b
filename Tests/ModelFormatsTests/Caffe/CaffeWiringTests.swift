import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct CaffeWiringTests {
  private static let statistics = [
    CaffeFiles.Blob([1], [1]), CaffeFiles.Blob([1], [4]), CaffeFiles.Blob([1], [1]),
  ]

  private static func network(_ layers: String) -> CaffeFiles {
    CaffeFiles(
      prototxt: "input: \"x\" input_shape { dim: 1 dim: 1 dim: 1 dim: 1 }\n" + layers,
      weights: [("norm", statistics), ("scale", [.init([1], [3]), .init([1], [10])])])
  }

  private static let normalization = """
    layer { name: "norm" type: "BatchNorm" bottom: "x" top: "n" batch_norm_param { eps: 0 } }
    layer { name: "scale" type: "Scale" bottom: "n" top: "n" scale_param { bias_term: true } }
    layer { name: "relu" type: "ReLU" bottom: "n" top: "n" }

    """

  @Test func `Scale becomes a part of the normalization before it, and layers work in place`() throws {
    let graph = try Self.network(Self.normalization).load().graph
    #expect(graph.operatorNames == ["BatchNormalization", "Relu"])
    #expect(graph.nodes.map(\.name) == ["norm", "relu"])
    #expect(graph.nodes.map { $0.outputs.map { $0.map { graph[$0].name } } } == [["n"], ["relu"]])
    // (5 - 1) / 2 * 3 + 10
    #expect(try graph.floats(for: [5]) == [16])
    #expect(try graph.floats(for: [-9]) == [0])
  }

  @Test func `Scale stays where something else reads between`() throws {
    let files = Self.network(
      """
      layer { name: "norm" type: "BatchNorm" bottom: "x" top: "n" batch_norm_param { eps: 0 } }
      layer { name: "scale" type: "Scale" bottom: "n" top: "s" scale_param { bias_term: true } }
      layer { name: "sum" type: "Eltwise" bottom: "n" bottom: "s" top: "y" }
      """)
    let graph = try files.load().graph
    #expect(graph.operatorNames == ["BatchNormalization", "Mul", "Add", "Add"])
    #expect(try graph.floats(for: [5]) == [18])
  }

  @Test func `A blob keeps its value for those who read it before it is overwritten`() throws {
    let files = Self.network(
      Self.normalization + """
        layer { name: "split" type: "Split" bottom: "n" top: "p" top: "q" }
        layer { name: "drop" type: "Dropout" bottom: "p" top: "p" }
        layer { name: "negative" type: "Power" bottom: "p" top: "p" power_param { scale: -1 } }
        layer { name: "sum" type: "Eltwise" bottom: "p" bottom: "q" top: "y" }
        layer { name: "side" type: "AbsVal" bottom: "q" top: "z" }
        """)
    let graph = try files.load().graph
    #expect(graph.outputs.map { graph[$0].name } == ["y", "z"])
    let input = try Tensor(shape: try Shape([1, 1, 1, 1]), [Float(5)])
    #expect(try graph.evaluated([input]).map(\.floats) == [[0], [16]])
  }

  private static let faults: [(layers: String, words: String)] = [
    ("layer { name: \"r\" type: \"ReLU\" bottom: \"q\" top: \"y\" }", "reads “q”, which no layer before it writes"),
    (
      "layer { name: \"r\" type: \"ReLU\" bottom: \"x\" top: \"y\" } layer { name: \"s\" type: \"ReLU\" bottom: \"x\" top: \"y\" }",
      "“s” (ReLU, line 2): writes “y”, which another layer writes already"
    ),
    ("", "has no output"),
    ("input: \"z\"", "2 inputs, but another number"),
  ]

  @Test(arguments: faults) func `Wrong wiring is an error`(layers: String, words: String) {
    var files = Self.network(layers)
    files.prototxt += "\nlayer { name: \"norm\" type: \"Silence\" bottom: \"x\" }"
    #expect {
      try files.load()
    } throws: {
      "\($0)".contains(words)
    }
  }

  @Test func `Inputs are declared in four ways`() throws {
    let relu = "layer { name: \"norm\" type: \"ReLU\" bottom: \"x\" top: \"y\" }"
    for head in [
      "input: \"x\" input_dim: 2 input_dim: 3 input_dim: 4 input_dim: 5",
      "input: \"x\" input_shape { dim: 2 dim: 3 dim: 4 dim: 5 }",
      "layer { name: \"x\" type: \"Input\" top: \"x\" input_param { shape { dim: 2 dim: 3 dim: 4 dim: 5 } } }",
    ] {
      var files = Self.network("")
      files.prototxt = head + "\n" + relu
      #expect(try files.load().graph.floats(for: [Float](repeating: 1, count: 120)).count == 120)
      let model = try files.load(ImportOptions(shape: [1, 3, 4, 5]))
      #expect(model.graph.type(of: model.graph.outputs[0])?.shape.dimensions == [1, 3, 4, 5])
      #expect(model.notes.contains { $0.contains("[1, 3, 4, 5] in place of the file's [2, 3, 4, 5]") })
    }
  }
}
