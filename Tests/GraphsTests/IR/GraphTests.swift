import Graphs
import Tensors
import Testing
import _TestSupport

@Suite struct GraphTests {
  private let type = ValueType(.float32, Shape(vector: 3))

  @Test func namesAreMadeUnique() {
    var graph = Graph(name: "names")
    let names = ["a", "a", "a_2", "", "a", ""].map { graph[graph.addValue($0)].name }
    #expect(names == ["a", "a_2", "a_2_2", "value", "a_3", "value_2"])
  }

  @Test func replacementsFollowChains() {
    var graph = Graph(name: "chain")
    let ids = (0..<4).map { _ in graph.addInput("x", type) }
    graph.append(Add(), name: "sum", inputs: [ids[0], ids[3]])
    graph.outputs = [ids[1]]
    graph.replaceUses([ids[0]: ids[1], ids[1]: ids[2]])
    #expect(graph.nodes[0].inputs == [ids[2], ids[3]])
    #expect(graph.outputs == [ids[2]])
    graph.replaceUses([ids[2]: ids[3], ids[3]: ids[2]])
    #expect(graph.nodes[0].inputs.count == 2)
  }

  private static let breakages: [(message: String, breaking: @Sendable (inout Graph) -> Void)] = [
    ("two values have the name “y”", { graph in graph[ValueID(0)].name = "y" }),
    ("a value has no name", { graph in graph[ValueID(1)].name = "" }),
    ("must be there once", { graph in graph.inputs += graph.inputs }),
    ("must be there once", { graph in graph[ValueID(0)].constant = Tensor(vector: [1, 2, 3] as [Float]) }),
    ("which nothing before it computes", { graph in graph.nodes.reverse() }),
    ("which nothing before it computes", { graph in graph.inputs = [] }),
    ("has its elements from elsewhere", { graph in graph.nodes.append(graph.nodes[0]) }),
    ("does not exist among", { graph in graph.nodes[0].inputs = [ValueID(99)] }),
    ("does not exist among", { graph in graph.outputs = [ValueID(-1)] }),
    ("is not computed by any node", { graph in graph.outputs = [graph.addValue("orphan")] }),
    ("but inference says float32[3]", { graph in graph[ValueID(1)].type = nil }),
    ("takes 1 inputs, but has 0", { graph in graph.nodes[0].inputs = [] }),
  ]

  @Test(arguments: breakages.indices)
  func brokenRulesAreFound(_ index: Int) throws {
    let (message, breaking) = Self.breakages[index]
    var graph = Graph(name: "valid")
    let x = graph.addInput("x", type)
    let y = graph.append(Relu(), name: "y", inputs: [x])
    graph.outputs = graph.append(Exp(), name: "z", inputs: y)
    try graph.inferTypes()
    try graph.validate()
    breaking(&graph)
    let error = #expect(throws: GraphError.self) { try graph.validate() }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func shapesAreComputedAhead() throws {
    var example = try GraphExample("dynamic", input: [2, 3, 4, 5])
    let x = example.last
    let shape = example.apply(ShapeOf(), "shape", [x])
    let batch = example.apply(Gather(), "batch", [shape, example.graph.addConstant("zero", Tensor(scalar: Int64(0)))])
    let product = example.apply(
      Mul(), "product", [batch, example.graph.addConstant("three", Tensor(scalar: Int64(3)))])
    let row = example.apply(Unsqueeze(axes: [0]), "row", [product])
    let target = example.apply(Concat(axis: 0), "target", [row, example.list("rest", [-1])])
    example.apply(Reshape(), "matrix", [x, target])
    #expect(try example.finish().type(of: example.last)?.shape.dimensions == [6, 20])
  }

  @Test func shapesThatDependOnInputsAreRefused() throws {
    var graph = Graph(name: "data")
    let x = graph.addInput("x", type)
    let shape = graph.addInput("shape", ValueType(.int64, Shape(vector: 2)))
    graph.outputs = graph.append(Reshape(), name: "r", inputs: [x, shape])
    let error = #expect(throws: GraphError.self) { try graph.inferTypes() }
    #expect(error?.code == .dynamicShape)
    #expect(error?.description == "Reshape “r”: the shape must be known before the graph runs")
  }
}
