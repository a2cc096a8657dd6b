import Graphs
import Tensors
import Testing
import _TestSupport

/// What operators meant in opsets before the ones that ONNX's own cases use; numbers from NumPy.
@Suite struct OlderOpsetTests {
  private func run(
    _ name: String, opset: Int, _ attributes: [String: AttributeValue], _ inputs: [Tensor]
  ) throws -> Tensor {
    let op = try OperatorCatalog.make(name, node: "n", opset: opset, attributes: attributes)
    return try op.evaluate(inputs, outputCount: 1)[0]
  }

  private let cube = try? Tensor(shape: Shape([1, 2, 3]), [0, 1, 2, 3, 4, 5] as [Float])

  @Test func softmaxFlattens() throws {
    let cube = try #require(cube)
    let all: [Float] = [0.00426978, 0.01160646, 0.03154963, 0.08576079, 0.23312201, 0.63369134]
    let rows: [Float] = [0.09003057, 0.24472848, 0.66524094, 0.09003057, 0.24472848, 0.66524094]
    for (opset, axis, expected) in [(11, nil, all), (11, 2, rows), (11, -1, rows), (13, nil, rows), (12, 0, all)] {
      let attributes: [String: AttributeValue] = axis.map { ["axis": .integer(Int64($0))] } ?? [:]
      let result = try run("Softmax", opset: opset, attributes, [cube])
      #expect(result.difference(from: try Tensor(shape: cube.shape, expected), relative: 1e-5) == nil)
    }
    let columns = try run("Softmax", opset: 13, ["axis": .integer(1)], [cube]).floats
    #expect(columns.map { ($0 * 1e4).rounded() } == [474, 474, 474, 9526, 9526, 9526])
  }

  @Test func clipHasAttributes() throws {
    let x = Tensor(vector: [-2, 0.5, 7, .nan] as [Float])
    let clipped = try run("Clip", opset: 6, ["min": .float(-1), "max": .float(6)], [x])
    #expect(clipped.difference(from: Tensor(vector: [-1, 0.5, 6, .nan] as [Float])) == nil)
    #expect(try run("Clip", opset: 6, [:], [x]).difference(from: x) == nil)
    #expect(try Clip(lower: 3, upper: 1).evaluate([x], outputCount: 1)[0].floats.prefix(3) == [1, 1, 1])
  }

  @Test func listsAreAttributes() throws {
    let cube = try #require(cube)
    let lists: [(String, Int, [String: AttributeValue], [Int], [Float])] = [
      (
        "Slice", 9, ["starts": .integers([1]), "ends": .integers([9]), "axes": .integers([2])], [1, 2, 2], [1, 2, 4, 5]
      ),
      ("Squeeze", 11, ["axes": .integers([0])], [2, 3], [0, 1, 2, 3, 4, 5]),
      ("Unsqueeze", 11, ["axes": .integers([1, 4])], [1, 1, 2, 3, 1], [0, 1, 2, 3, 4, 5]),
      ("Reshape", 1, ["shape": .integers([0, -1])], [1, 6], [0, 1, 2, 3, 4, 5]),
      ("ReduceMean", 13, ["axes": .integers([-2]), "keepdims": .integer(0)], [1, 3], [1.5, 2.5, 3.5]),
      ("Pad", 2, ["pads": .integers([0, 0, 1, 0, 0, -1]), "value": .float(9)], [1, 2, 3], [9, 0, 1, 9, 3, 4]),
      ("Pad", 1, ["paddings": .integers([0, 0, 0, 0, -1, 0])], [1, 1, 3], [0, 1, 2]),
      ("Concat", 3, [:], [1, 2, 3], [0, 1, 2, 3, 4, 5]),
      ("Dropout", 6, ["is_test": .integer(1), "ratio": .float(0.5)], [1, 2, 3], [0, 1, 2, 3, 4, 5]),
    ]
    for (name, opset, attributes, extents, expected) in lists {
      let result = try run(name, opset: opset, attributes, [cube])
      #expect(result == (try Tensor(shape: Shape(extents), expected)), "\(name)")
    }
    let parts = try OperatorCatalog.make(
      "Split", node: "n", opset: 11, attributes: ["axis": .integer(2), "split": .integers([2, 1])]
    ).evaluate([cube], outputCount: 2)
    #expect(parts.map(\.floats) == [[0, 1, 3, 4], [2, 5]])
  }

  @Test func elementTypes() throws {
    let halves = Tensor(vector: [1.5, -2.25] as [Float16])
    let wide = Tensor(vector: [1 / 3.0, 1e300])
    #expect(try run("Mul", opset: 14, [:], [wide, wide]).doubles == [1 / 3.0 * (1 / 3.0), .infinity])
    #expect(try run("Add", opset: 14, [:], [halves, halves]) == Tensor(vector: [3, -4.5] as [Float16]))
    #expect(
      try run("Add", opset: 14, [:], [Tensor(vector: [Int8(100)]), Tensor(vector: [Int8(100)])]).integers == [-56])
    let x = try Tensor(shape: Shape([1, 1, 1, 2]), [1e-9, 1.0])
    let w = try Tensor(shape: Shape([1, 1, 1, 2]), [1.0, 1.0])
    #expect(try run("Conv", opset: 11, [:], [x, w]).doubles == [1.000000001])
    var conv = Conv(window: SpatialWindow(kernel: []))
    conv.activation = .clip(lower: 0, upper: 0.5)
    #expect(try conv.evaluate([x, w], outputCount: 1)[0].doubles == [0.5])
  }

  @Test func quantizationRoundsHalvesToEven() throws {
    let x = Tensor(vector: [0.5, 1.5, 2.5, -0.5, 300, -300, .nan] as [Float])
    let one = Tensor(scalar: Float(1))
    #expect(
      try run("QuantizeLinear", opset: 13, [:], [x, one, Tensor(scalar: Int8(3))]).integers
        == [3, 5, 5, 3, 127, -128, 3])
    #expect(try run("QuantizeLinear", opset: 13, [:], [x, one]).integers == [0, 2, 2, 0, 255, 0, 0])
  }
}
