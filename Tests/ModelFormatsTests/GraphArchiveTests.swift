import Foundation
import GraphArchives
import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct GraphArchiveTests {
  /// A graph with every kind of value, attribute and fused activation.
  private func example() throws -> Graph {
    var graph = Graph(name: "exämple")
    let x = graph.addInput("x", ValueType(.float32, try Shape([1, 3, 8, 8])))
    let weights = graph.addConstant(
      "w", try Tensor(shape: Shape([4, 3, 3, 3]), (0..<108).map { Float($0) / 7 - 3.5 }))
    _ = graph.addConstant("unused", Tensor(vector: [Int64.min, 0, Int64.max]))
    _ = graph.addValue("untyped")
    let window = SpatialWindow(kernel: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1])
    let y = graph.append(
      Conv(window: window, group: 1, activation: .clip(lower: 0, upper: 6)), name: "conv", inputs: [x, weights, nil])
    let z = graph.append(Relu(), name: "relu", inputs: y)
    let flat = graph.append(Flatten(axis: 1), name: "flat", inputs: z)
    graph.outputs = flat + [x]
    try graph.inferTypes()
    return graph
  }

  @Test func `a graph comes back exactly`() throws {
    let graph = try example()
    let bytes = GraphArchive.encode(graph)
    let copy = try #require(GraphArchive.decode(bytes))
    #expect(GraphArchive.encode(copy) == bytes)
    #expect(copy.values.map(\.name) == graph.values.map(\.name))
    #expect(copy.values.map(\.constant) == graph.values.map(\.constant))
    #expect(copy.values.map(\.type) == graph.values.map(\.type))
    #expect(copy.nodes.map(\.inputs) == graph.nodes.map(\.inputs))
    #expect(copy.nodes.map(\.op.attributes) == graph.nodes.map(\.op.attributes))
    #expect((copy.nodes[0].op as? Conv)?.activation == .clip(lower: 0, upper: 6))
    #expect(copy.inputs == graph.inputs && copy.outputs == graph.outputs)
  }

  @Test func `any difference changes the bytes`() throws {
    let graph = try example()
    let bytes = GraphArchive.encode(graph)
    var renamed = graph
    renamed.nodes[1].name = "other"
    var weighted = graph
    let id = try #require(graph.value(named: "w"))
    var numbers = try #require(graph.constant(id)).floats
    numbers[50] = numbers[50].nextUp
    weighted[id].constant = try Tensor(shape: Shape([4, 3, 3, 3]), numbers)
    var plain = graph
    plain.nodes[0].op = Conv(
      window: SpatialWindow(kernel: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1]), group: 1, activation: .relu)
    for other in [renamed, weighted, plain] { #expect(GraphArchive.encode(other) != bytes) }
  }

  @Test func `damaged bytes are no graph and never trap`() throws {
    let bytes = GraphArchive.encode(try example())
    for length in stride(from: 0, to: bytes.count, by: 3) { #expect(GraphArchive.decode(bytes.prefix(length)) == nil) }
    for position in 0..<bytes.count {
      for mask in [UInt8(0x01), 0x80, 0xFF] {
        var damaged = bytes
        damaged[position] ^= mask
        _ = GraphArchive.decode(damaged)
      }
    }
  }
}
