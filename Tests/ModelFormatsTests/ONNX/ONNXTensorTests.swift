import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct ONNXTensorTests {
  private static let expected: [(type: ElementType, elements: TensorElements)] = [
    (.float32, .float32([-1.5, 0, .greatestFiniteMagnitude])), (.float64, .float64([-1.5, 0, 1e300])),
    (.float16, .float16([-1.5, 0, .greatestFiniteMagnitude])), (.int8, .int8([.min, 0, .max])),
    (.uint8, .uint8([1, 0, .max])), (.int16, .int16([.min, 0, .max])), (.uint16, .uint16([1, 0, .max])),
    (.int32, .int32([.min, 0, .max])), (.uint32, .uint32([1, 0, .max])), (.int64, .int64([.min, 0, .max])),
    (.uint64, .uint64([1, 0, .max])), (.bool, .bool([true, false, true])),
  ]

  @Test func `Every element type is read from raw bytes and from its typed field`() throws {
    let path = OutsideData.fixtures.appendingPathComponent("tensors.onnx").path
    let model = try ModelFormatCatalog.load(path: path)
    #expect(model.producer == "make.py" && model.opset == 13 && model.format == "ONNX")
    for storage in ["raw", "typed"] {
      for (type, elements) in Self.expected {
        let id = try #require(model.graph.value(named: "\(storage)_\(type.rawValue)"))
        #expect(model.graph.constant(id) == (try Tensor(shape: try Shape([3, 1]), elements: elements)))
      }
    }
    #expect(Self.expected.count == ElementType.allCases.count)
  }

  /// A tensor as only output of a file without nodes.
  private static func load(_ tensor: WireMessage) throws(ModelFormatError) -> Tensor? {
    var file = ONNXFile()
    file.initializers = [tensor]
    let graph = try file.load().graph
    return graph.constant(graph.outputs.first)
  }

  @Test func `A scalar has no extents, an empty tensor no elements`() throws {
    #expect(try Self.load(ONNXFile.floats("y", [], [2])) == Tensor(scalar: Float(2)))
    #expect(try Self.load(ONNXFile.floats("y", [0, 3], []))?.shape == Shape([0, 3]))
  }

  @Test(arguments: [
    ("elements are stored", ONNXFile.floats("y", [3], [1, 2])),
    ("elements are stored", ONNXFile.tensor("y", [2]) { _ in }),
    ("impossible shape", ONNXFile.floats("y", [-1], [1])),
    ("too many elements", ONNXFile.floats("y", [1 << 40, 1 << 40], [1])),
    ("no multiple", ONNXFile.tensor("y", [1]) { $0.raw(9, [1, 2, 3]) }),
    ("cannot hold", ONNXFile.tensor("y", [1], type: 3) { $0.packedIntegers(5, [128]) }),
    ("type string", ONNXFile.tensor("y", [1], type: 8) { $0.string(6, "a") }),
    ("type bfloat16", ONNXFile.tensor("y", [1], type: 16) { $0.raw(9, [0, 0]) }),
    ("type number 99", ONNXFile.tensor("y", [1], type: 99) { $0.raw(9, [0, 0]) }),
    ("segments", ONNXFile.tensor("y", [1]) { $0.message(3, WireMessage { $0.integer(1, 0) }) }),
  ]) func `A tensor that cannot be read is named`(message: String, tensor: WireMessage) {
    #expect {
      try Self.load(tensor)
    } throws: {
      "\($0)".contains(message) && "\($0)".contains("“y”") && ($0 as? ModelFormatError)?.context == "y"
    }
  }
}
