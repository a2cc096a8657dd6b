import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct OpenVINOReaderTests {
  @Test func `Compressed weights, quantizers and biases become what a quantized graph is made of`() throws {
    let model = try IRFile.quantizedConvolution.load()
    let graph = model.graph
    #expect(model.format == "OpenVINO IR v11" && model.notes.isEmpty)
    #expect(Set(graph.operatorNames) == ["QuantizeLinear", "DequantizeLinear", "Conv", "Relu"])
    #expect(graph.inputs.map { graph[$0].name } == ["x"] && graph.outputs.map { graph[$0].name } == ["y"])
    #expect(graph.type(of: graph.inputs[0]) == ValueType(.float32, try Shape([1, 1, 2, 2])))
    let convolution = try #require(graph.nodes.first { $0.op is Conv })
    #expect(convolution.inputs.count == 3)
    // Steps of 0.01 from -1 on: 0.126 is rounded to 0.13, 3 is cut to 1.55. Weights are 1 and -0.75.
    let values = try graph.floats(for: [0.126, 3, -2, 0.5])
    let expected: [Float] = [1.13, 2.55, 0, 1.5, 0, 0, 0, 0]
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(values)")
  }

  @Test func `Version 10 and floats of 16 bits are read`() throws {
    var file = IRFile(version: "10")
    let x = file.parameter("1,2")
    // 1.5 and -2 in binary16.
    let half = file.constant("2", "f16", [0x00, 0x3E, 0x00, 0xC0])
    let floats = file.add("Convert", "destination_type=\"f32\"", [half])
    file.result(file.add("Multiply", "auto_broadcast=\"numpy\"", [x, floats]))
    let model = try file.load()
    #expect(model.format == "OpenVINO IR v10")
    #expect(try model.graph.floats(for: [2, 3]) == [3, -6])
  }

  @Test func `A quantizer of constants gives integers and scales`() throws {
    var file = IRFile()
    let x = file.parameter("1,2")
    let weights = file.constant("2,2", [Float(0.5), -1.27, 0.02, 1.26])
    let bounds = [Float(-1.27), 1.27].map { file.constant("1,1", [$0]) }
    let rounded = file.add("FakeQuantize", "levels=\"255\" auto_broadcast=\"numpy\"", [weights] + bounds + bounds)
    file.result(file.add("MatMul", "transpose_a=\"false\" transpose_b=\"true\"", [x, rounded]))
    let graph = try file.load().graph
    let integers = graph.nodes.first { $0.op is DequantizeLinear }.flatMap { graph.constant($0.inputs[0]) }
    #expect(integers?.elements == .int8([50, -127, 2, 126]))
    let values = try graph.floats(for: [1, 2])
    #expect(zip(values, [0.5 - 2.54, 0.02 + 2.52]).allSatisfy { abs($0 - $1) < 1e-5 }, "\(values)")
  }

  /// Layers of one input of shape [1, 4] with elements -2, -0.5, 1, 7, and their results by the operator specification.
  static let functions: [(String, String, String, [Float])] = [
    ("Clamp", "opset1", "min=\"-1\" max=\"6\"", [-1, -0.5, 1, 6]),
    ("ReLU", "opset1", "", [0, 0, 1, 7]),
    ("Elu", "opset1", "alpha=\"2\"", [-1.7293294, -0.7869387, 1, 7]),
    ("HSwish", "opset4", "", [-0.33333334, -0.20833333, 0.6666667, 7]),
    ("HSigmoid", "opset5", "", [0.16666667, 0.41666666, 0.6666667, 1]),
    ("Sigmoid", "opset1", "", [0.11920292, 0.37754068, 0.7310586, 0.999089]),
    ("Swish", "opset4", "", [-0.23840584, -0.18877034, 0.7310586, 6.993623]),
    ("Negative", "opset1", "", [2, 0.5, -1, -7]), ("Abs", "opset1", "", [2, 0.5, 1, 7]),
    ("SoftMax", "opset8", "axis=\"-1\"", [0.00012303, 0.00055138, 0.00247113, 0.9968545]),
  ]

  @Test(arguments: functions) func `Functions of one tensor are read`(
    type: String, opset: String, data: String, expected: [Float]
  ) throws {
    var file = IRFile()
    let x = file.parameter("1,4")
    file.result(file.add(type, opset: opset, data, [x]))
    let values = try file.load().graph.floats(for: [-2, -0.5, 1, 7])
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(values)")
  }

  @Test func `Layers that move elements are read`() throws {
    var file = IRFile()
    let x = file.parameter("1,4,1,1")
    let dealt = file.add("ShuffleChannels", "axis=\"1\" group=\"2\"", [x])
    let parts = file.constant("2", [Int64(1), -1])
    let axis = file.constant("", [Int64(1)])
    let split = file.add("VariadicSplit", "", [dealt, axis, parts], outputs: 2)
    let shape = file.constant("2", [Int64(0), -1])
    let flat = file.add("Reshape", "special_zero=\"true\"", [split, shape])
    let lists: [[Int64]] = [[0, 2], [0, .min + 1], [1, -1]]
    let (start, stop, step) = (file.constant("2", lists[0]), file.constant("2", lists[1]), file.constant("2", lists[2]))
    file.result(
      file.add("StridedSlice", "begin_mask=\"1, 0\" end_mask=\"1, 0\"", [flat, start, stop, step]))
    // 1 2 3 4 dealt from two groups is 1 3 2 4; the last part 3 2 4; backwards 4 2 3.
    #expect(try file.load().graph.floats(for: [1, 2, 3, 4]) == [4, 2, 3])
  }

  @Test func `Open extents are given, or the error says which`() throws {
    var file = IRFile()
    file.result(file.add("ReLU", "", [file.parameter("?,3,-1,1..9")]))
    let error = #expect(throws: ModelFormatError.self) { try file.load() }
    #expect(error?.code == .unknownShape && error?.message.contains("axis 2") == true && error?.remedy != nil)
    let model = try file.load(options: ImportOptions(shape: [2, 3, 4, 5]))
    #expect(model.graph.type(of: model.graph.inputs[0])?.shape.dimensions == [2, 3, 4, 5])
  }

  @Test func `The weights lie beside the network`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UInt64.random(in: 0...(.max)))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("net.xml").path
    try Data(IRFile.quantizedConvolution.text.utf8).write(to: URL(fileURLWithPath: path))
    let missing = #expect(throws: ModelFormatError.self) { try ModelFormatCatalog.load(path: path) }
    #expect(missing?.code == .wrongCompanion && missing?.message.contains("net.bin") == true)
    let weights = folder.appendingPathComponent("net.bin")
    try IRFile.quantizedConvolution.weights.write(to: weights)
    #expect(try ModelFormatCatalog.load(path: path).graph.nodes.count == 5)
    #expect(try ModelFormatCatalog.load(path: path, companion: weights.path).graph.nodes.count == 5)
    let swapped = #expect(throws: ModelFormatError.self) { try ModelFormatCatalog.load(path: weights.path) }
    #expect(swapped?.code == .wrongCompanion && swapped?.remedy?.contains(".xml") == true)
  }
}
