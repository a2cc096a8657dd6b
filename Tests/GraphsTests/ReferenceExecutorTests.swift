import Graphs
import Tensors
import Testing

@Suite struct ReferenceExecutorTests {
  private func graph() throws -> (Graph, ValueID) {
    var graph = Graph(name: "net")
    let x = graph.addInput("x", ValueType(.float32, Shape(vector: 2)))
    let square = graph.append(Mul(), name: "square", inputs: [x, x])
    let one = graph.addConstant("one", Tensor(vector: [Float(1)]))
    graph.outputs = graph.append(Add(), name: "sum", inputs: square + [one]) + [x, one]
    return (graph, square[0])
  }

  @Test func computesOutputsAndAllValues() throws {
    let (graph, square) = try graph()
    let executor = try ReferenceExecutor(graph)
    let x = Tensor(vector: [3, -2] as [Float])
    #expect(try executor.run([x]).map(\.floats) == [[10, 5], [3, -2], [1]])
    let values = try executor.allValues([x])
    #expect(values[square]?.floats == [9, 4])
    #expect(values.count == 3)
  }

  @Test func wrongInputsAreNamed() throws {
    let executor = try ReferenceExecutor(try graph().0)
    let shape = #expect(throws: GraphError.self) { try executor.run([Tensor(vector: [Float(1)])]) }
    #expect(shape?.message == "the input “x” must be float32[2], not float32[1]")
    let count = #expect(throws: GraphError.self) { try executor.run([]) }
    #expect(count?.message == "the graph takes 1 inputs, but there are 0")
  }

  @Test func failuresNameTheNode() throws {
    var graph = Graph(name: "division")
    let x = graph.addInput("x", ValueType(.int32, Shape(vector: 1)))
    graph.outputs = graph.append(Div(), name: "ratio", inputs: [x, x])
    let executor = try ReferenceExecutor(graph)
    let error = #expect(throws: GraphError.self) { try executor.run([Tensor(vector: [Int32(0)])]) }
    #expect(error?.description == "Div “ratio”: divides an integer by zero")
  }
}
