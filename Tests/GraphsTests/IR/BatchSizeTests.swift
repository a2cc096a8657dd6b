import Graphs
import Tensors
import Testing
import _TestSupport

@Suite struct BatchSizeTests {
  /// A graph with the reshapes of ShuffleNet and a classifier: each sample's result stays what it was.
  @Test func samplesKeepTheirResults() throws {
    var example = try GraphExample("shuffle", input: [1, 4, 3, 3])
    let shape = example.list("groups", [1, 2, 2, 3, 3])
    example.add(Reshape(), "split", [shape])
    example.add(Transpose(permutation: [0, 2, 1, 3, 4]), "swap")
    example.add(Reshape(), "joined", [example.list("channels", [1, 4, 3, 3])])
    example.add(Reshape(), "flat", [example.list("flat.shape", [1, -1])])
    example.add(Gemm(), "fc", [try example.weights("w", [36, 3])])
    example.add(Softmax(), "softmax")
    let single = try example.finish()
    let batched = try single.settingBatchSize(5)
    #expect(batched.inputs.compactMap { batched.type(of: $0)?.shape.dimensions } == [[5, 4, 3, 3]])
    let samples = try (0..<5).map { _ in try example.random.tensor([1, 4, 3, 3]) }
    let joined = try Tensor(shape: Shape([5, 4, 3, 3]), samples.flatMap(\.floats))
    let results = try ReferenceExecutor(batched).run([joined])[0]
    #expect(results.shape.dimensions == [5, 3])
    #expect(results.floats == (try samples.flatMap { try ReferenceExecutor(single).run([$0])[0].floats }))
    #expect(try batched.settingBatchSize(1).outputs.count == 1)
    #expect(try single.settingBatchSize(1).text == single.text)
  }

  @Test func impossibleSizesAreRefused() throws {
    var mixing = try GraphExample("mixing", input: [2, 4])
    mixing.add(Reshape(), "merged", [mixing.list("s", [1, 8])])
    let merged = try mixing.finish()
    var growing = try GraphExample("mean", input: [2, 4])
    growing.add(ReduceMean(axes: [0]), "mean")
    let mean = try growing.finish()
    var scalar = Graph(name: "scalar")
    scalar.outputs = [scalar.addInput("x", ValueType(.float32, .scalar))]
    for (graph, size) in [(merged, 3), (mean, 3), (scalar, 2), (merged, 0), (mean, -1), (mean, 1 << 47)] {
      #expect(throws: GraphError.self) { try graph.settingBatchSize(size) }
    }
  }
}
