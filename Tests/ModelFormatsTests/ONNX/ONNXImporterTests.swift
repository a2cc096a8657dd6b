import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct ONNXImporterTests {
  @Test func `A convolution is read with names, weights and types`() throws {
    let model = try ONNXFile.convolution.load()
    let graph = model.graph
    #expect(model.producer == "tests 1.0" && model.notes.isEmpty)
    #expect(graph.name == "net" && graph.nodes.map(\.name) == ["conv"] && graph.operatorNames == ["Conv"])
    #expect(graph.inputs.map { graph[$0].name } == ["x"] && graph.outputs.map { graph[$0].name } == ["y"])
    #expect(graph.type(of: graph.outputs[0]) == ValueType(.float32, try Shape([1, 1, 2, 2])))
    // 1*1 + 2*2 + 3*4 + 4*5 + 0.5 for the first window of 1...9.
    #expect(try graph.floats(for: (1...9).map(Float.init)) == [37.5, 47.5, 67.5, 77.5])
  }

  @Test func `Initializers may be listed as inputs too`() throws {
    var file = ONNXFile.convolution
    file.irVersion = 3
    file.inputs.append(ONNXFile.input("w", [1, 1, 2, 2]))
    file.inputs.append(ONNXFile.input("b", [1]))
    #expect(try file.load().graph.inputs.count == 1)
  }

  @Test func `Nodes are sorted and named by their outputs where they have no name`() throws {
    var file = ONNXFile.convolution
    file.nodes = [ONNXFile.node("Conv", ["z", "w"], ["y"]), ONNXFile.node("Conv", ["x", "w"], ["z"])]
    let model = try file.load()
    #expect(model.graph.nodes.map(\.name) == ["z", "y"] && model.notes.count == 1)
    #expect(model.graph.type(of: model.graph.outputs[0])?.shape == (try Shape([1, 1, 1, 1])))
  }

  @Test(arguments: [
    ONNXFile.attribute("value", type: 4) { $0.message(5, ONNXFile.floats("", [1, 1, 1, 1], [3])) },
    ONNXFile.attribute("value", type: nil) { $0.message(5, ONNXFile.floats("", [1, 1, 1, 1], [3])) },
  ]) func `A Constant node becomes a constant`(value: WireMessage) throws {
    var file = ONNXFile.convolution
    file.nodes = [ONNXFile.node("Constant", [], ["k"], [value]), ONNXFile.node("Conv", ["x", "k"], ["y"])]
    let graph = try file.load().graph
    #expect(graph.operatorNames == ["Conv"])
    #expect(try graph.floats(for: [1, 2, 3, 4, 5, 6, 7, 8, 9]) == [3, 6, 9, 12, 15, 18, 21, 24, 27])
  }

  @Test(arguments: [
    ("value_float", ONNXFile.attribute("value_float", type: 1) { $0.float(2, 1.5) }, Tensor(scalar: Float(1.5))),
    ("value_int", ONNXFile.attribute("value_int", type: 2) { $0.integer(3, -7) }, Tensor(scalar: Int64(-7))),
    ("value_ints", ONNXFile.integers("value_ints", [1, -1]), Tensor(vector: [1, -1] as [Int64])),
    (
      "value_floats",
      ONNXFile.attribute("value_floats", type: 6) {
        $0.float(7, 1)
        $0.float(7, 2)
      }, Tensor(vector: [1, 2] as [Float])
    ),
  ]) func `Constant takes its value in each form`(name: String, attribute: WireMessage, expected: Tensor) throws {
    var file = ONNXFile()
    file.nodes = [ONNXFile.node("Constant", [], ["y"], [attribute])]
    let graph = try file.load().graph
    #expect(graph.constant(graph.outputs[0]) == expected)
  }

  /// What is wrong, how it is made wrong, and what the error says.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ModelFormatError.Code
    let words: [String]
    let change: @Sendable (inout ONNXFile) -> Void

    init(
      _ description: String, _ code: ModelFormatError.Code, _ words: String...,
      change: @escaping @Sendable (inout ONNXFile) -> Void
    ) {
      testDescription = description
      self.code = code
      self.words = words
      self.change = change
    }
  }

  private static let faults: [Fault] = [
    Fault("no IR version", .foreignFile, "no ONNX model") { $0.irVersion = nil },
    Fault("old IR version", .unsupportedVersion, "IR version 2", "3 to 14") { $0.irVersion = 2 },
    Fault("new IR version", .unsupportedVersion, "IR version 99") { $0.irVersion = 99 },
    Fault("no opset", .unsupportedVersion, "operator set") { $0.opsets = [] },
    Fault("foreign opset only", .unsupportedVersion, "operator set") { $0.opsets = [("com.example", 1)] },
    Fault("old opset", .unsupportedVersion, "opset 6", "7 to 23") { $0.opsets = [("", 6)] },
    Fault("new opset", .unsupportedVersion, "opset 24") { $0.opsets = [("ai.onnx", 24)] },
    Fault("two opsets", .unsupportedVersion, "opset 13") { $0.opsets = [("", 12), ("", 13)] },
    Fault("missing operators", .unsupportedOperator, "NoSuchOp (node “first”), com.example.Conv (node “z”)", "opset 13")
    {
      $0.nodes = [
        ONNXFile.node("NoSuchOp", ["x"], ["a"], name: "first"), ONNXFile.node("NoSuchOp", ["a"], ["q"], name: "second"),
        ONNXFile.node("Conv", ["q", "w"], ["z"], domain: "com.example"), ONNXFile.node("Conv", ["z", "w"], ["y"]),
      ]
    },
    Fault("sub-graph", .unsupportedFeature, "sub-graph", "“conv”") {
      $0.nodes = [
        ONNXFile.node("Conv", ["x", "w"], ["y"], name: "conv", [ONNXFile.attribute("body", type: 5) { $0.raw(6, []) }])
      ]
    },
    Fault("sub-graph of an old file", .unsupportedFeature, "sub-graph") {
      $0.nodes = [
        ONNXFile.node("Conv", ["x", "w"], ["y"], [ONNXFile.attribute("body", type: nil) { $0.raw(6, []) }])
      ]
    },
    Fault("function attribute", .unsupportedFeature, "function") {
      $0.nodes = [
        ONNXFile.node("Conv", ["x", "w"], ["y"], [ONNXFile.attribute("group", type: 2) { $0.string(21, "g") }])
      ]
    },
    Fault("sparse weights", .unsupportedFeature, "sparse") { $0.sparseInitializers = [WireMessage()] },
    Fault("attribute twice", .invalidModel, "kernel_shape twice") {
      let kernel = ONNXFile.integers("kernel_shape", [2, 2])
      $0.nodes = [ONNXFile.node("Conv", ["x", "w"], ["y"], [kernel, kernel])]
    },
    Fault("attribute of the wrong kind", .invalidModel, "kernel_shape") {
      $0.nodes = [
        ONNXFile.node("Conv", ["x", "w"], ["y"], [ONNXFile.attribute("kernel_shape", type: 3) { $0.string(4, "2") }])
      ]
    },
    Fault("unknown attribute", .invalidModel, "colour", "“c”") {
      $0.nodes = [ONNXFile.node("Conv", ["x", "w"], ["y"], name: "c", [ONNXFile.integers("colour", [2])])]
    },
    Fault("wrong shapes", .invalidModel, "“conv”") { $0.inputs = [ONNXFile.input("x", [1, 2, 3, 3])] },
    Fault("missing value", .invalidModel, "“y” reads “v”") { $0.nodes = [ONNXFile.node("Conv", ["x", "v"], ["y"])] },
    Fault("circle", .invalidModel, "circle") {
      $0.nodes = [ONNXFile.node("Conv", ["z", "w"], ["y"]), ONNXFile.node("Conv", ["y", "w"], ["z"])]
    },
    Fault("value twice", .invalidModel, "“y” is defined twice") { $0.nodes += $0.nodes },
    Fault("value twice among weights", .invalidModel, "“w” is defined twice") { $0.initializers += $0.initializers },
    Fault("missing output", .invalidModel, "computes the output “q”") { $0.outputs = ["q"] },
    Fault("no output", .invalidModel, "no output") { $0.outputs = [] },
    Fault("input without shape", .unknownShape, "“x”", "shape: [1, 3, 224, 224]") {
      $0.inputs = [ONNXFile.input("x", nil)]
    },
    Fault("open extent", .unknownShape, "“x” along axis 2 (height)", "shape: [1, 1, height, 3]") {
      $0.inputs = [ONNXFile.input("x", ["N", 1, "height", 3])]
    },
    Fault("input of strings", .unsupportedFeature, "“x”", "string") { $0.inputs = [ONNXFile.input("x", [1], type: 8)] },
    Fault("input that is no tensor", .unsupportedFeature, "no tensor") {
      $0.inputs = [
        WireMessage {
          $0.string(1, "x")
          $0.message(2, WireMessage { $0.raw(4, []) })
        }
      ]
    },
  ]

  @Test(arguments: faults) func `A fault is an error that says what and where`(fault: Fault) throws {
    var file = ONNXFile.convolution
    fault.change(&file)
    let error = #expect(throws: ModelFormatError.self) { _ = try file.load() }
    #expect(error?.code == fault.code)
    for word in fault.words { #expect("\(try #require(error))".contains(word)) }
    #expect(error?.file == "net.onnx")
  }
}
