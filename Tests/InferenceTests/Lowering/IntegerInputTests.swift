import Graphs
import Inference
import Tensors
import Testing
import _TestSupport

/// Graphs that are fed integers, with channels that fill no group of four and several images.
@Suite struct IntegerInputTests {
  @Test(arguments: [[2, 5, 9, 7], [1, 3, 4, 40], [3, 6]], [false, true])
  func integersAreReadAsTheyAre(_ extents: [Int], _ isSigned: Bool) throws {
    var random = SeededGenerator(seed: 4)
    let shape = try Shape(extents)
    let bytes = (0..<shape.elementCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    let input =
      isSigned ? try Tensor(shape: shape, bytes.map { Int8(bitPattern: $0) }) : try Tensor(shape: shape, bytes)
    var graph = Graph(name: "fed")
    let x = graph.addInput("x", ValueType(input.elementType, shape))
    let scale = graph.addConstant("scale", Tensor(scalar: Float(0.02)))
    let point = graph.addConstant("point", isSigned ? Tensor(scalar: Int8(-7)) : Tensor(scalar: UInt8(121)))
    let reals = graph.append(DequantizeLinear(), name: "reals", inputs: [x, scale, point])
    let depth = extents[1]
    let isImage = extents.count == 4
    let integers = (0..<4 * depth * (isImage ? 9 : 1)).map { _ in Int8.random(in: -127...127, using: &random) }
    let weights = graph.addConstant(
      "w", try Tensor(shape: Shape(isImage ? [4, depth, 3, 3] : [4, depth]), integers))
    let step = graph.addConstant("step", Tensor(scalar: Float(0.01)))
    let zero = graph.addConstant("zero", Tensor(scalar: Int8(0)))
    let filter = graph.append(DequantizeLinear(), name: "filter", inputs: [weights, step, zero])
    let layer: any Operator =
      isImage ? Conv(window: SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])) : Gemm(transB: true)
    graph.outputs = graph.append(layer, name: "y", inputs: reals + filter)
    try graph.inferTypes()
    let plan = try ExecutionPlan(graph)
    #expect(plan.steps.map(\.kernel).allSatisfy { $0 != "reference" })
    let found = try Executor(plan, threads: 2).run([input])[0].floats
    let wanted = try ReferenceExecutor(graph).run([input])[0].floats
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-3 })
  }
}
