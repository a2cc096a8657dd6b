import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct ONNXExporterTests {
  private static func make(
    _ name: String, _ attributes: [String: AttributeValue] = [:]
  ) throws(GraphError) -> any Operator {
    try OperatorCatalog.make(name, node: name, opset: 18, attributes: attributes)
  }

  private static func reloaded(_ graph: Graph) throws -> ImportedModel {
    let data = try ONNXExporter.export(graph, producer: ("Octet", "1.2"))
    return try ModelFormatCatalog.load(
      ModelFiles(main: ModelFile(path: "again.onnx", bytes: data)), as: ONNXFormat.self)
  }

  @Test func `A graph comes back as it went`() throws {
    let graph = try ONNXFile.convolution.load().graph
    let model = try Self.reloaded(graph)
    let again = model.graph
    #expect(model.producer == "Octet 1.2" && model.opset == 18)
    #expect(again.name == graph.name && again.nodes.map(\.name) == ["conv"])
    #expect(again.nodes[0].op.attributes == graph.nodes[0].op.attributes)
    #expect(Set(again.values.map(\.name)) == Set(graph.values.map(\.name)))
    for value in graph.values {
      let id = try #require(again.value(named: value.name))
      #expect(again[id].type == value.type && again[id].constant == value.constant)
    }
  }

  @Test(arguments: [
    (Activation.relu, ["Conv", "Relu"], [0, 0, 0, 0] as [Float]),
    (.clip(lower: -50, upper: -40), ["Conv", "Clip"], [-40, -46.5, -50, -50]),
  ]) func `A fused activation becomes a node of its own`(
    activation: Activation, names: [String], expected: [Float]
  ) throws {
    var graph = try ONNXFile.convolution.load().graph
    var conv = try #require(graph.nodes[0].op as? Conv)
    conv.activation = activation
    graph.nodes[0].op = conv
    let again = try Self.reloaded(graph).graph
    #expect(again.operatorNames == names && again.outputs.map { again[$0].name } == ["y"])
    #expect(try again.floats(for: (1...9).map { -Float($0) }) == expected)
  }

  @Test func `QuantizeLinear and DequantizeLinear stay as they are`() throws {
    var graph = Graph(name: "quantized")
    let input = graph.addInput("x", ValueType(.float32, try Shape([1, 2])))
    let scale = graph.addConstant("scale", Tensor(scalar: Float(0.5)))
    let zeroPoint = graph.addConstant("zero_point", Tensor(scalar: Int8(3)))
    let quantized = graph.append(try Self.make("QuantizeLinear"), name: "q", inputs: [input, scale, zeroPoint])
    let weights = graph.addConstant("w", try Tensor(shape: try Shape([2, 2]), [1, 2, 3, -128] as [Int8]))
    let scales = graph.addConstant("scales", Tensor(vector: [1, 2] as [Float]))
    let zeroPoints = graph.addConstant("zero_points", Tensor(vector: [0, 0] as [Int8]))
    let real = graph.append(try Self.make("DequantizeLinear"), name: "d", inputs: [quantized[0], scale, zeroPoint])
    let filter = graph.append(
      try Self.make("DequantizeLinear", ["axis": .integer(0)]), name: "dw", inputs: [weights, scales, zeroPoints])
    graph.outputs = graph.append(
      try Self.make("Gemm", ["transB": .integer(1)]), name: "y", inputs: [real[0], filter[0]])
    try graph.inferTypes()
    let again = try Self.reloaded(graph).graph
    #expect(again.operatorNames == ["QuantizeLinear", "DequantizeLinear", "DequantizeLinear", "Gemm"])
    #expect(again.constant(again.value(named: "w"))?.elementType == .int8)
    // x is rounded to (1, -2); the weights are [1 2; 6 -256].
    #expect(try again.floats(for: [1.1, -1.9]) == [-3, 518])
  }

  @Test func `Operators of old opsets are written in their present form`() throws {
    var file = ONNXFile()
    file.opsets = [("", 7)]
    file.inputs = [ONNXFile.input("x", [1, 2, 2])]
    let bounds = [
      ONNXFile.attribute("min", type: 1) { $0.float(2, -1) }, ONNXFile.attribute("max", type: 1) { $0.float(2, 3) },
    ]
    file.nodes = [
      ONNXFile.node("Clip", ["x"], ["c"], name: "clip", bounds),
      ONNXFile.node("Softmax", ["c"], ["s"], name: "softmax"),
      ONNXFile.node(
        "Split", ["s"], ["unread", "y"], name: "split", [ONNXFile.attribute("axis", type: 2) { $0.integer(3, 2) }]),
    ]
    let graph = try file.load().graph
    let again = try Self.reloaded(graph).graph
    #expect(again.operatorNames == ["Clip", "Flatten", "Softmax", "Reshape", "Split"])
    #expect(again.nodes[0].inputs.compactMap { again.constant($0)?.floats } == [[-1], [3]])
    #expect(again.nodes[4].op.attributes == ["axis": .integer(2), "num_outputs": .integer(2)])
    let input: [Float] = [-5, 0, 1, 9]
    // exp(0), exp(3) among exp(-1), exp(0), exp(1), exp(3)
    #expect(try again.floats(for: input).map { ($0 * 1e4).rounded() } == [414, 8310])
    #expect(try again.floats(for: input) == (try graph.floats(for: input)))
  }

  @Test func `The operator set is the first that has everything`() throws {
    var file = ONNXFile()
    file.opsets = [("", 21)]
    file.inputs = [ONNXFile.input("x", [1, 1, 5, 5])]
    file.initializers = [ONNXFile.floats("scale", [], [0.5])]
    file.nodes = [
      ONNXFile.node(
        "AveragePool", ["x"], ["y"],
        [ONNXFile.integers("kernel_shape", [2, 2]), ONNXFile.integers("dilations", [2, 2])])
    ]
    #expect(try Self.reloaded(try file.load().graph).opset == 19)
    let type = ONNXFile.attribute("output_dtype", type: 2) { $0.integer(3, 3) }
    file.nodes = [ONNXFile.node("QuantizeLinear", ["x", "scale"], ["y"], [type])]
    #expect(try Self.reloaded(try file.load().graph).opset == 21)
  }

  @Test func `Outputs that no node computes get a node`() throws {
    var graph = Graph(name: "")
    let input = graph.addInput("x", ValueType(.float32, try Shape([2])))
    let constant = graph.addConstant("c", Tensor(vector: [7] as [Int64]))
    graph.outputs = [input, constant, input]
    let again = try Self.reloaded(graph).graph
    #expect(again.operatorNames == ["Identity", "Identity", "Identity"])
    let results = try again.evaluated([Tensor(vector: [1, 2] as [Float])])
    #expect(
      results == [
        Tensor(vector: [1, 2] as [Float]), Tensor(vector: [7] as [Int64]), Tensor(vector: [1, 2] as [Float]),
      ])
  }

  /// An operator that only carries attributes.
  private struct Carrier: Operator {
    static let name = "Carrier"
    let attributes: [String: AttributeValue]

    init(_ attributes: inout AttributeReader) throws(GraphError) { self.attributes = [:] }
    init(_ attributes: [String: AttributeValue]) { self.attributes = attributes }
    func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] { [] }
    func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] { [] }
  }

  @Test func `Nodes are written with attributes of every kind and without trailing gaps`() throws {
    var graph = Graph(name: "g")
    let input = graph.addInput("x", ValueType(.float16, try Shape([])))
    let op = Carrier([
      "f": .float(1.5), "i": .integer(-2), "s": .string("word"), "t": .tensor(Tensor(scalar: true)),
      "fs": .floats([1, 2]), "is": .integers([-1, 3]), "ss": .strings(["a", "b"]),
    ])
    let output = graph.addValue("y", type: ValueType(.bool, try Shape([1])))
    graph.nodes = [Node(name: "n", op: op, inputs: [nil, input, nil], outputs: [output, nil])]
    graph.outputs = [output]
    let expected = ONNXFile.node(
      "Carrier", ["", "x"], ["y"], name: "n",
      [
        ONNXFile.attribute("f", type: 1) { $0.float(2, 1.5) },
        ONNXFile.attribute("fs", type: 6) {
          $0.float(7, 1)
          $0.float(7, 2)
        },
        ONNXFile.attribute("i", type: 2) { $0.integer(3, -2) },
        ONNXFile.integers("is", [-1, 3]),
        ONNXFile.attribute("s", type: 3) { $0.string(4, "word") },
        ONNXFile.attribute("ss", type: 8) {
          $0.string(9, "a")
          $0.string(9, "b")
        },
        ONNXFile.attribute("t", type: 4) { attribute in
          attribute.message(
            5,
            WireMessage {
              $0.integer(2, 9)
              $0.string(8, "")
              $0.raw(9, [1])
            })
        },
      ])
    let bytes = Array(try ONNXExporter.export(graph))
    // The domain, which the expected node has too, is not written where it is the default.
    let content = expected.bytes.dropLast(2)
    #expect(bytes.indices.contains { bytes[$0...].starts(with: content) })
  }

  @Test func `A value without a type, and a folder that is not there, are errors`() throws {
    var graph = try ONNXFile.convolution.load().graph
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UInt64.random(in: 0...(.max)))")
    #expect {
      try ONNXExporter.write(graph, to: folder.appendingPathComponent("net.onnx").path)
    } throws: {
      ($0 as? ModelFormatError)?.code == .cannotExport && ($0 as? ModelFormatError)?.file != nil
    }
    graph[graph.outputs[0]].type = nil
    #expect {
      try ONNXExporter.export(graph)
    } throws: {
      ($0 as? ModelFormatError)?.code == .cannotExport && "\($0)".contains("“y”")
    }
  }

  @Test func `A file is written and can be loaded`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "octet-\(UInt64.random(in: 0...(.max))).onnx"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ONNXExporter.write(try ONNXFile.convolution.load().graph, to: path)
    #expect(try ModelFormatCatalog.load(path: path).graph.nodes.count == 1)
  }
}
