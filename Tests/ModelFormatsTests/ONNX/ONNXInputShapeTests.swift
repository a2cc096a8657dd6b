import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct ONNXInputShapeTests {
  private static func shape(_ extents: [Any]?, _ options: ImportOptions) throws -> ([Int]?, notes: Int) {
    var file = ONNXFile.convolution
    file.inputs = [ONNXFile.input("x", extents)]
    let model = try file.load(options)
    return (model.graph.type(of: model.graph.inputs[0])?.shape.dimensions, model.notes.count)
  }

  @Test func `Open batches are 1 or as asked, other open extents are given`() throws {
    #expect(try Self.shape(["N", 1, 3, 3], ImportOptions()) == ([1, 1, 3, 3], 0))
    #expect(try Self.shape(["", 1, 3, 3], ImportOptions(batch: 4)) == ([4, 1, 3, 3], 0))
    #expect(try Self.shape([0, 1, 3, 3], ImportOptions(batch: 4)) == ([4, 1, 3, 3], 0))
    #expect(try Self.shape([2, 1, 3, 3], ImportOptions(batch: 4)) == ([2, 1, 3, 3], 0))
    #expect(try Self.shape(["N", 1, "h", "w"], ImportOptions(shape: [2, 1, 5, 6])) == ([2, 1, 5, 6], 0))
    #expect(try Self.shape(nil, ImportOptions(shape: [2, 1, 5, 6])) == ([2, 1, 5, 6], 0))
    #expect(try Self.shape([1, 1, 3, 3], ImportOptions(shapes: ["x": [1, 1, 4, 4]])) == ([1, 1, 4, 4], 1))
  }

  @Test(arguments: [
    (ImportOptions(shape: [1, 1, 3]), "has 4 axes"), (ImportOptions(shape: [1, 1, 3, 0]), "below 1"),
    (ImportOptions(shapes: ["q": [1]]), "“q”"), (ImportOptions(batch: 0), "batch 0"),
    (ImportOptions(shape: [1, 1, 1 << 40, 1 << 40]), "too many elements"),
    (ImportOptions(shape: [1, 1, 1, 1]), "does not fit"),
  ]) func `A shape that cannot be is an error`(options: ImportOptions, message: String) {
    #expect {
      try Self.shape(["N", 1, "h", "w"], options)
    } throws: {
      "\($0)".contains(message)
    }
  }

  @Test func `One extent that several inputs share is given once`() throws {
    var file = ONNXFile.convolution
    file.inputs = [ONNXFile.input("x", [1, 1, "h", 3]), ONNXFile.input("unused", [1, "h"])]
    let graph = try file.load(ImportOptions(shapes: ["x": [1, 1, 7, 3]])).graph
    #expect(graph.inputs.map { graph.type(of: $0)?.shape.dimensions } == [[1, 1, 7, 3], [1, 7]])
    #expect {
      try file.load(ImportOptions(shape: [1, 1, 7, 3]))
    } throws: {
      "\($0)".contains("x, unused")
    }
  }
}
