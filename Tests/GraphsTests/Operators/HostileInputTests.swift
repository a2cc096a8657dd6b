import Graphs
import Tensors
import Testing

/// Attributes and shapes that no model should have give errors and never stop the process.
@Suite struct HostileInputTests {
  typealias Attributes = [String: AttributeValue]

  private func run(
    _ name: String, opset: Int, _ attributes: Attributes, _ inputs: [Tensor?], outputs: Int = 1
  ) throws -> [Tensor] {
    var graph = Graph(name: "hostile")
    let op = try OperatorCatalog.make(name, node: "n", opset: opset, attributes: attributes)
    let ids = inputs.enumerated().map { index, tensor in tensor.map { graph.addConstant("c\(index)", $0) } }
    graph.outputs = graph.append(op, name: "n", inputs: ids, outputNames: (0..<outputs).map { "y\($0)" })
    return try ReferenceExecutor(graph).run([])
  }

  private static func zeros(_ extents: Int...) -> Tensor? {
    try? Tensor(shape: Shape(extents), [Float](repeating: 0, count: Shape(extents).elementCount))
  }

  private static func list(_ numbers: Int64...) -> Tensor? { Tensor(vector: numbers) }

  private static func scales(_ numbers: Float...) -> Tensor? { Tensor(vector: numbers) }

  private static let least = Int64.min
  private static let most = Int64.max

  static let refused: [(String, Int, Attributes, [Tensor?])] = [
    ("Concat", 13, ["axis": .integer(-5)], [zeros(2), zeros(2)]),
    ("Concat", 13, ["axis": .integer(least)], [zeros(2), zeros(2)]),
    ("Concat", 13, ["axis": .integer(0)], []),
    ("Concat", 13, ["axis": .integer(0)], [zeros(2, 2), zeros(2)]),
    ("Flatten", 13, ["axis": .integer(9)], [zeros(2, 2)]),
    ("Softmax", 13, ["axis": .integer(most)], [zeros(2, 2)]),
    ("Softmax", 11, ["axis": .integer(-9)], [zeros(2, 2)]),
    ("Transpose", 13, ["perm": .integers([0, 0])], [zeros(2, 2)]),
    ("Transpose", 13, ["perm": .integers([0, most])], [zeros(2, 2)]),
    ("Squeeze", 13, [:], [zeros(2, 1), list(0)]),
    ("Squeeze", 13, [:], [zeros(2, 1), list(least)]),
    ("Unsqueeze", 13, [:], [zeros(2), list(0, 0)]),
    ("Unsqueeze", 13, [:], [zeros(2), list(most)]),
    ("Gather", 13, [:], [zeros(2), list(2)]),
    ("Gather", 13, [:], [zeros(2), list(least)]),
    ("Gather", 13, [:], [zeros(0), list(0)]),
    ("Reshape", 14, [:], [zeros(2), list(-1, -1)]),
    ("Reshape", 14, [:], [zeros(2), list(-2)]),
    ("Reshape", 14, [:], [zeros(2), list(most, most)]),
    ("Reshape", 14, [:], [zeros(0), list(0, -1)]),
    ("Reshape", 14, ["allowzero": .integer(1)], [zeros(0), list(0, -1)]),
    ("Reshape", 14, [:], [zeros(2), nil]),
    ("Expand", 13, [:], [zeros(2), list(1 << 40)]),
    ("Expand", 13, [:], [zeros(1), list(1 << 40)]),
    ("Expand", 13, [:], [zeros(1), list(-1)]),
    ("ConstantOfShape", 9, [:], [list(most, 2)]),
    ("ConstantOfShape", 9, [:], [list(1 << 40)]),
    ("ConstantOfShape", 9, [:], [list(-1)]),
    ("ConstantOfShape", 9, ["value": .tensor(Tensor(vector: [Float]()))], [list(1)]),
    ("Slice", 13, [:], [zeros(2), list(0), list(1), list(0), list(0)]),
    (
      "Resize", 18, ["keep_aspect_ratio_policy": .string("not_smaller")],
      [zeros(1, 1 << 16, 1, 1), nil, nil, list(1 << 39, 1, 1, 1)]
    ),
    ("Resize", 18, [:], [zeros(1, 1), nil, scales(1, .nan)]), ("Resize", 18, [:], [zeros(1, 1), nil, scales(1, 1e30)]),
    ("Slice", 13, [:], [zeros(2), list(0), list(1), list(3)]),
    ("Slice", 13, [:], [zeros(2), list(0), list(1, 2)]),
    ("Split", 13, [:], [zeros(2), list(1, 2)]),
    ("Split", 13, [:], [zeros(2), list(most, most)]),
    ("Split", 18, ["num_outputs": .integer(0)], [zeros(2)]),
    ("Pad", 13, [:], [zeros(2), list(1)]),
    ("Pad", 13, [:], [zeros(2), list(least, most)]),
    ("Pad", 13, [:], [zeros(2), list(-3, 0)]),
    ("Pad", 13, [:], [zeros(2), list(1 << 40, 0)]),
    ("Pad", 13, ["mode": .string("reflect")], [zeros(2), list(2, 0)]),
    ("Pad", 13, ["mode": .string("edge")], [zeros(0), list(1, 0)]),
    ("Pad", 19, ["mode": .string("wrap")], [zeros(0), list(1, 0)]),
    ("Pad", 13, ["mode": .string("spiral")], [zeros(2), list(1, 0)]),
    ("ReduceMean", 13, ["axes": .integers([7])], [zeros(2)]),
    ("ReduceMean", 13, ["axes": .integers([0, -1])], [zeros(2)]),
    ("Conv", 13, ["group": .integer(0)], [zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)]),
    ("Conv", 13, ["group": .integer(3)], [zeros(1, 2, 2, 2), zeros(2, 1, 1, 1)]),
    ("Conv", 13, ["strides": .integers([0, 1])], [zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)]),
    ("Conv", 13, ["strides": .integers([1])], [zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)]),
    ("Conv", 13, ["dilations": .integers([most, most])], [zeros(1, 1, 2, 2), zeros(1, 1, 2, 2)]),
    ("Conv", 13, ["pads": .integers([most, 0, most, 0])], [zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)]),
    ("Conv", 13, ["pads": .integers([1 << 24, 1 << 24, 1 << 24, 1 << 24])], [zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)]),
    ("Conv", 13, ["auto_pad": .string("SOME")], [zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)]),
    ("Conv", 13, [:], [zeros(1, 1, 2, 2), zeros(1, 1, 0, 0)]),
    ("Conv", 13, [:], [zeros(1, 1, 2, 2), zeros(0, 1, 1, 1)]),
    ("Conv", 13, [:], [zeros(1, 1, 2, 2), zeros(1, 1, 3, 3)]),
    ("Conv", 13, [:], [zeros(2), zeros(2)]),
    ("MaxPool", 12, [:], [zeros(1, 1, 2, 2)]),
    ("MaxPool", 12, ["kernel_shape": .integers([])], [zeros(1, 1)]),
    ("MaxPool", 12, ["kernel_shape": .integers([most, 1])], [zeros(1, 1, 2, 2)]),
    (
      "MaxPool", 12,
      ["kernel_shape": .integers([1 << 24, 1 << 24]), "pads": .integers(.init(repeating: 1 << 24, count: 4))],
      [zeros(1, 1, 2, 2)]
    ),
    ("AveragePool", 12, ["kernel_shape": .integers([2])], [zeros(1, 1, 2, 2)]),
    ("LRN", 13, ["size": .integer(0)], [zeros(1, 1)]),
    ("Gemm", 13, [:], [zeros(2, 3), zeros(2, 3)]),
    ("Gemm", 13, [:], [zeros(2, 3), zeros(3, 1), zeros(2, 2)]),
    ("MatMul", 13, [:], [zeros(), zeros(2)]),
    ("MatMul", 13, [:], [zeros(2, 2, 3), zeros(3, 3, 2)]),
    ("Div", 14, [:], [list(4), list(0)]),
    ("Add", 14, [:], [list(4), zeros(1)]),
    ("Add", 14, [:], [zeros(2), zeros(3)]),
    ("Add", 6, ["broadcast": .integer(1)], [zeros(2), zeros(1)]),
    ("Clip", 13, ["min": .float(0)], [zeros(2)]),
    ("Clip", 13, [:], [zeros(2), zeros(2)]),
    ("Cast", 13, ["to": .integer(16)], [zeros(2)]),
    ("Cast", 13, [:], [zeros(2)]),
    ("QuantizeLinear", 13, ["axis": .integer(4)], [zeros(2, 2), zeros(2), Tensor(vector: [UInt8(0), 0])]),
    ("QuantizeLinear", 13, [:], [zeros(2, 2), zeros(3), nil]),
    ("QuantizeLinear", 13, [:], [zeros(2, 2), zeros(), Tensor(scalar: Int32(0))]),
    ("DequantizeLinear", 13, [:], [Tensor(vector: [Int8(0), 1]), zeros(), Tensor(scalar: UInt8(0))]),
    ("BatchNormalization", 8, ["spatial": .integer(0)], [zeros(1, 1), zeros(1), zeros(1), zeros(1), zeros(1)]),
    ("BatchNormalization", 15, [:], [zeros(1, 2), zeros(1), zeros(1), zeros(1), zeros(1)]),
    ("Dropout", 6, [:], [zeros(1)]),
    ("Relu", 14, ["alpha": .float(1)], [zeros(1)]),
    ("Relu", 14, [:], [Tensor(vector: [true])]),
    ("Relu", 14, [:], [nil]),
    ("PRelu", 6, [:], [zeros(1), zeros(1)]),
    ("Constant", 13, ["value_string": .string("x")], []),
    ("Einsum", 13, [:], [zeros(1)]),
  ]

  @Test(arguments: refused.indices)
  func isRefused(_ index: Int) throws {
    let (name, opset, attributes, inputs) = Self.refused[index]
    let error = #expect(throws: GraphError.self, "\(name) \(attributes)") {
      try run(name, opset: opset, attributes, inputs)
    }
    #expect(error?.operatorName == name && error?.node == "n", "\(error?.description ?? "")")
  }

  static let accepted: [(String, Int, Attributes, [Tensor?], [Int])] = [
    // As float32 10 times 0.7 is 7, although the nearest number to 0.7 is less.
    ("Resize", 18, ["mode": .string("linear")], [zeros(1, 10), nil, scales(1, 0.7)], [1, 7]),
    (
      "Resize", 18, ["mode": .string("linear"), "antialias": .integer(1)], [zeros(1, 4), nil, scales(1, 1e-30)], [1, 0]
    ),
    ("Resize", 18, ["mode": .string("linear")], [zeros(0, 1), nil, scales(1, 5e11)], [0, 499_999_997_952]),
    ("Slice", 13, [:], [list(1, 2, 3), list(least), list(most), list(0), list(most)], [1]),
    ("Slice", 13, [:], [list(1, 2, 3), list(most), list(least), list(0), list(-1)], [3]),
    ("Slice", 13, [:], [list(1, 2, 3), list(most), list(least), list(0), list(-most)], [1]),
    ("Slice", 13, [:], [zeros(0), list(5), list(-5), list(0), list(-1)], [0]),
    ("Shape", 15, ["start": .integer(least), "end": .integer(most)], [zeros(2, 3)], [2]),
    ("Reshape", 14, ["allowzero": .integer(1)], [zeros(0, 3), list(3, 0)], [3, 0]),
    ("Conv", 13, [:], [zeros(0, 1, 2, 2), zeros(1, 1, 1, 1)], [0, 1, 2, 2]),
    ("Conv", 13, [:], [zeros(1, 0, 2, 2), zeros(3, 0, 1, 1)], [1, 3, 2, 2]),
    ("Conv", 13, ["pads": .integers([3, 3, 3, 3])], [zeros(1, 1, 1, 1), zeros(1, 1, 2, 2)], [1, 1, 6, 6]),
    ("Conv", 13, ["pads": .integers([0, 0, -1, -1])], [zeros(1, 1, 3, 3), zeros(1, 1, 1, 1)], [1, 1, 2, 2]),
    (
      "AveragePool", 12, ["kernel_shape": .integers([2]), "pads": .integers([2, 2])], [zeros(1, 1, 1)], [1, 1, 4]
    ),
    ("GlobalAveragePool", 13, [:], [zeros(1, 2, 0, 3)], [1, 2, 1, 1]),
    ("MatMul", 13, [:], [zeros(1, 1 << 20), zeros(1 << 20, 0)], [1, 0]),
    ("MatMul", 13, [:], [zeros(2, 0), zeros(0, 3)], [2, 3]),
    ("Concat", 13, ["axis": .integer(-1)], [zeros(2, 0), zeros(2, 3)], [2, 3]),
    ("Softmax", 13, [:], [zeros(2, 0)], [2, 0]),
    ("ReduceMean", 13, [:], [zeros(0, 2)], [1, 1]),
    ("Div", 14, [:], [list(least), list(-1)], [1]),
    ("Neg", 13, [:], [list(least)], [1]),
    ("Abs", 13, [:], [list(least)], [1]),
    ("Gather", 13, ["axis": .integer(1)], [zeros(0, 2), list(1)], [0, 1]),
    ("LRN", 13, ["size": .integer(1 << 24)], [zeros(1, 3)], [1, 3]),
    ("Pad", 13, [:], [zeros(3), list(-3, 0)], [0]),
    ("Expand", 13, [:], [zeros(1), list(0)], [0]),
    ("Expand", 13, [:], [zeros(1), list(0, 1 << 40)], [0, 1 << 40]),
    ("Transpose", 13, [:], [zeros(1 << 40, 0)], [0, 1 << 40]),
    ("Concat", 13, ["axis": .integer(1)], [zeros(1 << 40, 0), zeros(1 << 40, 0)], [1 << 40, 0]),
    ("Gemm", 13, [:], [zeros(1 << 40, 0), zeros(0, 0)], [1 << 40, 0]),
    ("Slice", 13, [:], [zeros(1 << 40, 0), list(0), list(5), list(1)], [1 << 40, 0]),
    ("Pad", 13, [:], [zeros(1 << 40, 0), list(1, 0, 1, 0)], [(1 << 40) + 2, 0]),
    ("BatchNormalization", 15, [:], [zeros(0, 1), zeros(1), zeros(1), zeros(1), zeros(1)], [0, 1]),
  ]

  @Test(arguments: accepted.indices)
  func isComputed(_ index: Int) throws {
    let (name, opset, attributes, inputs, extents) = Self.accepted[index]
    #expect(try run(name, opset: opset, attributes, inputs)[0].shape.dimensions == extents, "\(name)")
  }

  @Test func messageNamesOperatorNodeAndOpset() {
    let error = #expect(throws: GraphError.self) {
      try OperatorCatalog.make("Einsum", node: "attention", opset: 12, attributes: [:])
    }
    #expect(error?.description == "Einsum “attention”: operator Einsum of opset 12 is not supported")
    let unknown = #expect(throws: GraphError.self) {
      try OperatorCatalog.make("Conv", node: "c", opset: 12, attributes: ["spin": .integer(1)])
    }
    #expect(unknown?.description == "Conv “c”: attribute spin is not known in opset 12")
  }
}
